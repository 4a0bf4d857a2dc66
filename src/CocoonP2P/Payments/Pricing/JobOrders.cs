using System.Diagnostics.CodeAnalysis;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>What to lock for a job, by the quote that its terms name. Both sides compute it and must get the same.</summary>
internal static class JobOrders
{
    /// <summary>The order for a request; false where its cost has no bound below 2⁶³ nanoton.</summary>
    /// <param name="quote">The worker's quote.</param>
    /// <param name="jobHash">Cell hash of the job's terms.</param>
    /// <param name="limits">The prompt as counted, and the most tokens that may be generated.</param>
    /// <param name="receiptKey">The enclave's key as the verdict has it.</param>
    /// <param name="receiptLock">Whether a receipt alone may claim the job on chain.</param>
    /// <param name="order">What to lock.</param>
    public static bool TryMake(
        Quote quote, Bits256 jobHash, Usage limits, Bits256 receiptKey, bool receiptLock, [NotNullWhen(true)] out JobOrder? order)
    {
        order = null;
        Usage prompt = limits with { Cached = 0, Completion = 0, Reasoning = 0 };
        Usage first = prompt with { Completion = Math.Min(quote.ChunkTokens, limits.Completion) };
        if (!quote.Prices.TryCap(limits, out NanoTon? cap)
            || !quote.Prices.TryCost(prompt, out NanoTon? prompted)
            || !quote.Prices.TryCap(first, out NanoTon? firstChunk)
            || cap == NanoTon.Zero)
        {
            return false;
        }

        // What the worker must deliver before the first voucher has to fit its credit, or the prompt is paid before.
        bool prepay = quote.PrepayPrompt || firstChunk > quote.Credit;
        order = new JobOrder(jobHash, quote.Prices, cap.Value, prepay ? prompted.Value : NanoTon.Zero, firstChunk.Value, receiptKey, receiptLock);
        return true;
    }
}

using System.Diagnostics.CodeAnalysis;
using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>A worker's prices, as a quote states them (docs/protocol/payments.md, "Prices").</summary>
/// <param name="Prompt">Nanoton for 10⁶ tokens of prompt.</param>
/// <param name="Cached">Nanoton for 10⁶ cached tokens of prompt; at most <paramref name="Prompt"/>.</param>
/// <param name="Completion">Nanoton for 10⁶ generated tokens.</param>
/// <param name="Reasoning">Nanoton for 10⁶ generated tokens of reasoning.</param>
/// <param name="BytesIn">Nanoton for a MiB of input.</param>
/// <param name="BytesOut">Nanoton for a MiB of output.</param>
/// <param name="Operations">Nanoton for 10¹² operations.</param>
/// <param name="MinCharge">Least that a job which delivered anything costs.</param>
/// <param name="RunFee">Added to every job which delivered anything.</param>
internal sealed record PriceList(
    ulong Prompt = 0,
    ulong Cached = 0,
    ulong Completion = 0,
    ulong Reasoning = 0,
    ulong BytesIn = 0,
    ulong BytesOut = 0,
    ulong Operations = 0,
    NanoTon MinCharge = default,
    NanoTon RunFee = default)
{
    private const uint Million = 1_000_000;
    private const uint MiB = 1 << 20;
    private const ulong Trillion = 1_000_000_000_000;

    /// <summary>Amounts at or above 2⁶³ nanoton are refused everywhere; the supply of coins is far below.</summary>
    public const ulong AmountLimit = 1UL << 63;

    /// <summary>Whether a cached token costs at most a fresh one, so that a claim of caching never raises a bill.</summary>
    public bool IsSound => Cached <= Prompt && MinCharge.Value < AmountLimit && RunFee.Value < AmountLimit;

    /// <summary>The whole cost of a job that used this much; false where the parts exceed their wholes or the sum reaches
    /// 2⁶³ nanoton.</summary>
    /// <remarks>Each term is rounded once, up. Chunks are paid as differences of these totals, so rounding never adds up.</remarks>
    public bool TryCost(Usage usage, [NotNullWhen(true)] out NanoTon? cost)
    {
        cost = null;
        if (!usage.IsConsistent)
        {
            return false;
        }

        if (usage == Usage.None)
        {
            cost = default(NanoTon);
            return true;
        }

        // Below 2³² tokens at below 2⁶⁴ each, four times: under 2⁹⁸. Bytes and operations: under 2¹²⁸, checked.
        UInt128 tokens = ((UInt128)(usage.Prompt - usage.Cached) * Prompt) + ((UInt128)usage.Cached * Cached)
            + ((UInt128)(usage.Completion - usage.Reasoning) * Completion) + ((UInt128)usage.Reasoning * Reasoning);
        if (!TrySum((UInt128)usage.BytesIn * BytesIn, (UInt128)usage.BytesOut * BytesOut, out UInt128 bytes))
        {
            return false;
        }

        UInt128 sum = RunFee.Value + Up(tokens, Million) + Up(bytes, MiB) + Up((UInt128)usage.Operations * Operations, Trillion);
        sum = UInt128.Max(sum, MinCharge.Value);
        if (sum >= AmountLimit)
        {
            return false;
        }

        cost = new NanoTon((ulong)sum);
        return true;
    }

    /// <summary>The most that a job within these limits can cost: nothing cached, every generated token at the dearer of
    /// the two prices.</summary>
    /// <param name="limits">The prompt as counted, and the most that may be generated.</param>
    /// <param name="cap">What to lock for it.</param>
    public bool TryCap(Usage limits, [NotNullWhen(true)] out NanoTon? cap)
    {
        PriceList dearest = this with { Completion = Math.Max(Completion, Reasoning), Reasoning = Math.Max(Completion, Reasoning) };
        return dearest.TryCost(limits with { Cached = 0, Reasoning = 0 }, out cap);
    }

    private static UInt128 Up(UInt128 value, UInt128 unit) => (value / unit) + (value % unit == 0 ? UInt128.Zero : UInt128.One);

    private static bool TrySum(UInt128 left, UInt128 right, out UInt128 sum)
    {
        sum = unchecked(left + right);
        return sum >= left;
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using CocoonP2P.Capacity;
using CocoonP2P.Inference;
using CocoonP2P.Libp2p;
using CocoonP2P.Models;
using CocoonP2P.Peers;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;
using CocoonP2P.Telemetry;
using CocoonP2P.Text;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Jobs;

/// <summary>The client's side: counts the prompt, chooses a worker, verifies it, pays it as it delivers.</summary>
internal sealed class ClientEngine(
    ClientSettings settings,
    ModelTexts texts,
    MarketKeeper market,
    Action<ReadOnlyMemory<byte>> dropOffer,
    WorkerLinks links,
    ClientChannels channels,
    ReceiptBook receipts,
    ushort[] teeKinds,
    Timeline timeline,
    TimeProvider time,
    ILogger log)
{
    /// <summary>Runs one prompt.</summary>
    /// <exception cref="CocoonException">With code, cause and cure.</exception>
    public async IAsyncEnumerable<AnswerPart> AskAsync(ChatOrder order, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IModelText text = await texts.FindAsync(order.Model, cancellationToken);
        JobSpec spec = Prepare(order, text);
        await using ClientJob job = await StartAsync(order, spec, text, cancellationToken);
        await foreach (AnswerPart part in job.RunAsync(cancellationToken))
        {
            yield return part;
        }
    }

    private static JobSpec Prepare(ChatOrder order, IModelText text)
    {
        int[] prompt;
        try
        {
            prompt = text.EncodeChat(order.Chat!);
        }
        catch (InferenceException e)
        {
            throw new CocoonException(ErrorCode.Usage, $"the model's chat template refuses this conversation: {e.Message}", "look at the roles and their order");
        }

        int room = text.ContextTokens - prompt.Length;
        if (room < 1 || prompt.Length > Limits.PromptTokens)
        {
            throw new CocoonException(
                ErrorCode.TooLarge, $"the prompt has {prompt.Length} tokens, and {text.Name} takes {text.ContextTokens - 1} at most", "send a shorter prompt");
        }

        int maxTokens = Math.Min(Math.Min(order.MaxTokens ?? text.MaxTokens, text.MaxTokens), room);
        return new JobSpec(text.Id, prompt, maxTokens, order.Sampling, order.Stop);
    }

    /// <summary>Before the first token any worker will do: one that fails is left for the next.</summary>
    private async Task<ClientJob> StartAsync(ChatOrder order, JobSpec spec, IModelText text, CancellationToken cancellationToken)
    {
        NanoTon maxCost = NanoTon.Min(order.Terms.MaxCost ?? settings.Policy.MaxPerJob, settings.Policy.MaxPerJob);
        MarketJob wanted = new(
            spec.ModelId, spec.PromptIds.Length, spec.MaxTokens, maxCost, order.Terms.Timeout ?? ClientSettings.JobTime, teeKinds);
        HashSet<PeerId> tried = [];
        CocoonException? last = null;
        for (int attempt = 0; attempt < ClientSettings.Attempts && await ChooseAsync(wanted, tried, cancellationToken) is Choice choice; attempt++)
        {
            CapacityOffer offer = choice.Candidate.Offer;
            MarketTicket ticket = market.Begin(choice);
            ClientJob job = new(settings, ticket, spec, text, maxCost, channels, receipts, timeline, time, log);
            PeerId.TryFromBytes(offer.Worker.Span, out PeerId worker);
            tried.Add(worker);
            timeline.Add(
                "worker-chosen", "", ("worker", worker.ToString()), ("candidates", choice.Among.ToString(CultureInfo.InvariantCulture)));
            try
            {
                await job.StartAsync(await links.GetAsync(offer, cancellationToken), cancellationToken);
                return job;
            }
            catch (Exception e) when (e is SessionException or PeerUnreachableException or IOException)
            {
                last = Explain(e);
                ticket.Failed(last.Code == ErrorCode.AttestationRefused ? FailureKind.EvidenceRefused : FailureKind.Unreachable);
                JobLog.SessionRefused(log, last.Code.Name(), e.Message);
                dropOffer(offer.Worker);
            }
            catch (CocoonException e) when (e.IsTransient && e.Code != ErrorCode.ChainUnreachable)
            {
                last = e;
            }
            catch
            {
                await job.DisposeAsync();
                throw;
            }

            await job.DisposeAsync();
        }

        throw last ?? NoPlace.Explain(market.ObstacleOf(wanted), market.RetryAfter(wanted), wanted, text.Name);
    }

    /// <summary>The market's choice; a client that has just started waits a little for the first offer, and one whose workers are taken for a slot.</summary>
    private async Task<Choice?> ChooseAsync(MarketJob wanted, HashSet<PeerId> tried, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        while (true)
        {
            if (market.Choose(wanted, tried) is Choice choice)
            {
                return choice;
            }

            bool hopeless = tried.Count > 0 || market.ObstacleOf(wanted) is { Code: WhyNotCode.TooDear or WhyNotCode.Exposure };
            if (hopeless || time.GetElapsedTime(started) > ClientSettings.OfferWait)
            {
                return null;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
        }
    }

    internal static CocoonException Explain(Exception e) => e switch
    {
        SessionException { Verdict: Verdict verdict } refused => new AttestationRefusedException(
            $"the worker's evidence was refused: {refused.Fault.Detail}",
            "the policy decides: attestation.policy in node.toml, or the network's measurements", verdict),
        SessionException { Fault.Error: SessionError.TeeKindNotAccepted or SessionError.NonceMismatch or SessionError.BindingMismatch } refused =>
            new AttestationRefusedException($"the worker's evidence was refused: {refused.Fault.Error}", "another worker may do better", verdict: null),
        _ => new NoWorkerException(ErrorCode.NoWorker, $"the worker did not answer: {e.Message}", "try again; its offer was dropped", []),
    };
}

using System.Runtime.CompilerServices;
using CocoonP2P.Capacity;
using CocoonP2P.Inference;
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
    IModelCatalog catalog,
    Func<IReadOnlyList<CapacityOffer>> offers,
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
        if (!catalog.TryFind(order.Model, out IModelText? text))
        {
            throw new CocoonException(
                ErrorCode.UnknownModel, $"no model \"{order.Model}\" is known here", "cocoon models list shows those in the store; cocoon models add DIR adds one");
        }

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
        List<Candidate> candidates = [.. await CandidatesAsync(spec, cancellationToken)];
        CocoonException? last = null;
        for (int attempt = 0; attempt < ClientSettings.Attempts && candidates.Count > 0; attempt++)
        {
            Candidate chosen = WorkerChoice.PickOne(candidates, Draw());
            candidates.Remove(chosen);
            ClientJob job = new(
                settings, spec, text, NanoTon.Min(order.Terms.MaxCost ?? settings.Policy.MaxPerJob, settings.Policy.MaxPerJob),
                channels, receipts, timeline, time, log);
            try
            {
                timeline.Add("worker-chosen", "", ("worker", PeerName(chosen.Offer.Worker)), ("candidates", (candidates.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)));
                await job.StartAsync(await links.GetAsync(chosen.Offer, cancellationToken), cancellationToken);
                return job;
            }
            catch (Exception e) when (e is SessionException or PeerUnreachableException or IOException)
            {
                last = Explain(e);
                JobLog.SessionRefused(log, last.Code.Name(), e.Message);
                dropOffer(chosen.Offer.Worker);
            }
            catch (CocoonException e) when (e.IsTransient && e.Code != ErrorCode.ChainUnreachable)
            {
                last = e;
            }

            await job.DisposeAsync();
        }

        if (last is null && offers().Any(o => !teeKinds.AsSpan().Contains(o.TeeKind) && o.Models.Any(m => m.Id.Span.SequenceEqual(spec.ModelId.Span))))
        {
            throw new CocoonException(
                ErrorCode.AttestationRefused, $"every worker that offers {text.Name} has evidence of a kind that the policy does not accept",
                "the policy decides: attestation.policy in node.toml");
        }

        throw last ?? new CocoonException(ErrorCode.NoWorker, $"no worker offers {text.Name}", "wait for one, or look at GET /status.json: peers and offers");
    }

    private async Task<IReadOnlyList<Candidate>> CandidatesAsync(JobSpec spec, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        while (true)
        {
            IReadOnlyList<Candidate> found = WorkerChoice.Eligible(
                offers(), spec.ModelId.Span, spec.PromptIds.Length, spec.MaxTokens, teeKinds);
            if (found.Count > 0 || time.GetElapsedTime(started) > ClientSettings.OfferWait)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
        }
    }

    internal static CocoonException Explain(Exception e) => e switch
    {
        SessionException { Verdict: Verdict verdict } refused => new CocoonException(
            ErrorCode.AttestationRefused, $"the worker's evidence was refused: {refused.Fault.Detail}",
            "the policy decides: attestation.policy in node.toml, or the network's measurements", verdict),
        SessionException { Fault.Error: SessionError.TeeKindNotAccepted or SessionError.NonceMismatch or SessionError.BindingMismatch } refused =>
            new CocoonException(ErrorCode.AttestationRefused, $"the worker's evidence was refused: {refused.Fault.Error}", "another worker may do better"),
        _ => new CocoonException(ErrorCode.NoWorker, $"the worker did not answer: {e.Message}", "try again; its offer was dropped"),
    };

    private static string PeerName(ReadOnlyMemory<byte> peer) => Libp2p.PeerId.TryFromBytes(peer.Span, out Libp2p.PeerId id) ? id.ToString() : "?";

    private ulong Draw()
    {
        byte[] bytes = new byte[8];
        settings.Random(bytes);
        return BitConverter.ToUInt64(bytes);
    }
}

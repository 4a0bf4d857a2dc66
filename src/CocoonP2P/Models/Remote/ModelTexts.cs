using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CocoonP2P.Capacity;
using CocoonP2P.Inference;
using CocoonP2P.Peers;
using CocoonP2P.Sessions;
using CocoonP2P.Text;

namespace CocoonP2P.Models;

/// <summary>Finds the text side of a model that a user names: this node's own, one fetched before, or a worker's.</summary>
/// <param name="own">The models of this node's store.</param>
/// <param name="names">What a name means.</param>
/// <param name="kept">What was fetched before.</param>
/// <param name="offers">Those that live now.</param>
/// <param name="connect">An attested session with the worker of an offer.</param>
/// <param name="time">Bounds the wait for offers and pieces.</param>
internal sealed class ModelTexts(
    IModelCatalog own, ModelNames names, TextStore kept, Func<IReadOnlyList<CapacityOffer>> offers,
    Func<CapacityOffer, CancellationToken, Task<ITextSource>> connect, TimeProvider time) : IDisposable
{
    /// <summary>How long a node that has just started waits for the first offer of a model.</summary>
    public static readonly TimeSpan OfferWait = TimeSpan.FromSeconds(5);

    /// <summary>A worker that has not sent a whole text side after this time is left for the next.</summary>
    private static readonly TimeSpan DownloadTime = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, IModelText> _known = new();
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>The models that are known without asking anybody.</summary>
    public IModelCatalog Own => own;

    /// <summary>The text side of "NAME", "ID" or "NAME@ID".</summary>
    /// <exception cref="CocoonException">UnknownModel, NoWorker: nobody to believe, or nobody who has it.</exception>
    public async ValueTask<IModelText> FindAsync(string asked, CancellationToken cancellationToken)
    {
        if (!ModelName.TryParse(asked, out ModelName name))
        {
            throw Unknown($"\"{asked}\" names no model", "write NAME, NAME@ID or the 64 hex digits of an id");
        }

        ReadOnlyMemory<byte> id = names.Pinned(name);
        if (id.IsEmpty && own.TryFind(name.Name, out IModelText? text))
        {
            return text;
        }

        id = id.IsEmpty ? names.Named(name.Name) : id;
        id = id.IsEmpty ? await AskOffersAsync(name.Name, cancellationToken) : id;
        return TryKnown(id, out text) ? text : await FetchAsync(id, asked, cancellationToken);
    }

    public void Dispose() => _gate.Dispose();

    private bool TryKnown(ReadOnlyMemory<byte> id, [NotNullWhen(true)] out IModelText? text)
    {
        string hex = Convert.ToHexStringLower(id.Span);
        return own.TryFind(hex, out text) || _known.TryGetValue(hex, out text);
    }

    private async Task<ReadOnlyMemory<byte>> AskOffersAsync(string name, CancellationToken cancellationToken)
    {
        if (!names.AsksOffers)
        {
            throw Unknown(
                $"no model \"{name}\" is known here", "pin it as NAME@ID, add it with cocoon models add DIR, or use a name of the network's manifest");
        }

        IReadOnlyList<ReadOnlyMemory<byte>> ids = await WaitAsync(() => ModelNames.Offered(name, offers()), cancellationToken);
        return ids.Count switch
        {
            0 => throw Unknown($"no model \"{name}\" is known here, and no worker offers one", "cocoon models list shows those in the store; cocoon models add DIR adds one"),
            1 => ids[0],
            _ => throw Unknown($"workers offer {ids.Count} different models named \"{name}\"", "say which one: NAME@ID"),
        };
    }

    /// <summary>One fetch at a time: a thousand users who ask for one new model cause one.</summary>
    private async Task<IModelText> FetchAsync(ReadOnlyMemory<byte> id, string asked, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (TryKnown(id, out IModelText? text))
            {
                return text;
            }

            return _known[Convert.ToHexStringLower(id.Span)] = kept.TryLoad(id) ?? await FromWorkersAsync(id, asked, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<IModelText> FromWorkersAsync(ReadOnlyMemory<byte> id, string asked, CancellationToken cancellationToken)
    {
        IReadOnlyList<CapacityOffer> serving = await WaitAsync<CapacityOffer>(
            () => [.. offers().Where(o => o.Models.Any(m => m.Id.Span.SequenceEqual(id.Span)))], cancellationToken);
        List<RefusedOffer> left = [];
        CocoonException? last = null;
        foreach (CapacityOffer offer in serving)
        {
            using CancellationTokenSource timer = new(DownloadTime, time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
            try
            {
                ITextSource source = await connect(offer, either.Token);
                if (await TextDownload.RunAsync(source, id, either.Token) is { } got)
                {
                    return kept.Save(got.Manifest, got.Files);
                }

                left.Add(new RefusedOffer(Name(offer), "it does not hand out the model's tokenizer"));
            }
            catch (Exception e) when (e is SessionException or PeerUnreachableException or IOException)
            {
                last = Jobs.AttemptTrouble.Explain(e);
                left.Add(new RefusedOffer(Name(offer), e.Message));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                left.Add(new RefusedOffer(Name(offer), $"no whole tokenizer within {DownloadTime.TotalSeconds} s"));
            }
            catch (InferenceException e)
            {
                throw Unknown($"model \"{asked}\" is of a kind that this version cannot read: {e.Message}", "use a newer version");
            }
        }

        throw last is AttestationRefusedException ? last : new NoWorkerException(
            ErrorCode.NoWorker, left.Count == 0 ? $"no worker offers {asked}" : $"none of {left.Count} workers gave the tokenizer of {asked}: {left[^1].Reason}",
            "wait for another worker, or add the model: cocoon models add DIR", left);
    }

    private async Task<IReadOnlyList<T>> WaitAsync<T>(Func<IReadOnlyList<T>> look, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        while (true)
        {
            IReadOnlyList<T> found = look();
            if (found.Count > 0 || time.GetElapsedTime(started) >= OfferWait)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
        }
    }

    private static string Name(CapacityOffer offer) => Libp2p.PeerId.TryFromBytes(offer.Worker.Span, out Libp2p.PeerId id) ? id.ToString() : "?";

    private static NoWorkerException Unknown(string message, string hint) => new(ErrorCode.UnknownModel, message, hint, []);
}

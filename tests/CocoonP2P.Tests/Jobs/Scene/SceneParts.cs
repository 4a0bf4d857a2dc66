using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CocoonP2P.Peers;
using CocoonP2P.Tests.Sessions;
using CocoonP2P.Text;
using CocoonP2P.Text.Grammar;

namespace CocoonP2P.Tests.Jobs.Scene;

/// <summary>What came of an order.</summary>
internal sealed record SceneAnswer(IReadOnlyList<AnswerPart> Parts)
{
    public string Text(int choice = 0) => string.Concat(Parts.OfType<AnswerPart.Text>().Where(p => p.Choice == choice).Select(p => p.Delta));

    public AnswerPart.Resumed Resumed => Assert.Single(Parts.OfType<AnswerPart.Resumed>());

    public AnswerPart.Finished Finished => Assert.Single(Parts.OfType<AnswerPart.Finished>());
}

/// <summary>A network of the scene's workers: every stream is a pipe.</summary>
internal sealed class SceneNetwork(JobScene scene) : IPeerNetwork
{
    private readonly List<Task> _serving = [];

    public byte[] PeerId => scene.Party.PeerId;

    public IReadOnlyList<string> ListenAddresses => [];

    public IReadOnlyList<PeerSummary> Connected => [];

    public byte[] Sign(ReadOnlySpan<byte> message) => scene.Party.With(scene.Party).Sign(message.ToArray());

    public void Handle(string protocol, Func<IPeerSession, IPeerStream, CancellationToken, Task> handler) => throw new NotSupportedException();

    public IGossipTopic Join(string topic, GossipValidator validate) => throw new NotSupportedException();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IPeerSession> ConnectAsync(byte[] peerId, IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        ScriptedWorker worker = scene.Workers.Single(w => w.Party.PeerId.AsSpan().SequenceEqual(peerId));
        return worker.IsDeaf
            ? Task.Delay(Timeout.InfiniteTimeSpan, scene.Time, cancellationToken).ContinueWith<IPeerSession>(
                _ => throw new OperationCanceledException(cancellationToken), TaskScheduler.FromCurrentSynchronizationContext())
            : Task.FromResult<IPeerSession>(new Session(this, scene, worker));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Session(SceneNetwork network, JobScene scene, ScriptedWorker worker) : IPeerSession
    {
        public byte[] RemotePeer => worker.Party.PeerId;

        public byte[] ChannelBinding => scene.Party.ChannelBinding;

        public Task<IPeerStream> OpenStreamAsync(string protocol, CancellationToken cancellationToken)
        {
            (PipeStream left, PipeStream right) = PipeStream.Pair();
            network._serving.Add(worker.ServeAsync(right, scene.Party));
            return Task.FromResult<IPeerStream>(left);
        }
    }
}

/// <summary>A text side in which token n is the number n and a space.</summary>
internal sealed class SceneText(ModelInfo model) : IModelText
{
    public string Name => model.Name;

    public ReadOnlyMemory<byte> Id => model.Id;

    public int ContextTokens => model.ContextTokens;

    public int MaxTokens => model.MaxTokens;

    public int Vocabulary => 10_000;

    public int Dimensions => model.Dimensions;

    public static string Decode(IEnumerable<int> ids) => string.Concat(ids.Select(id => $"{id} "));

    public int[] EncodeChat(ChatPrompt prompt) => Encode(prompt.Turns[^1].Content);

    public byte[] TokenBytes(int tokenId) => System.Text.Encoding.UTF8.GetBytes($"{tokenId} ");

    public int[] Encode(string text) => [.. text.Select(c => (int)c)];

    public GrammarRefusal? CheckGrammar(OutputGrammar grammar) => null;

    public ITextStream OpenStream(IReadOnlyList<string> stopStrings) => new Stream(stopStrings);

    private sealed class Stream(IReadOnlyList<string> stops) : ITextStream
    {
        private string _all = "";

        public bool Stopped => stops.Any(stop => _all.Contains(stop, StringComparison.Ordinal));

        public string Append(ReadOnlySpan<int> tokenIds)
        {
            string more = Stopped ? "" : Decode(tokenIds.ToArray());
            _all += more;
            return more;
        }

        public string Finish() => "";
    }
}

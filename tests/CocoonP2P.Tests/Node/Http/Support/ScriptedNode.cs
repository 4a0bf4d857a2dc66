using System.Runtime.CompilerServices;
using CocoonP2P.Hosting;
using CocoonP2P.Jobs;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Telemetry;
using CocoonP2P.Text.Tools;

namespace CocoonP2P.Tests.Node.Http.Support;

/// <summary>A node that answers at once and as the prompt says, so that a test knows every token: see <see cref="Script"/>.</summary>
internal sealed class ScriptedNode(TimeProvider time) : INode
{
    public const string Model = "scripted";
    public const string Embedder = "embedder";
    public const int Dimensions = 8;
    public static readonly NanoTon CostOfToken = new(1000);

    private int _jobs;
    private int _running;

    public Timeline Timeline { get; } = new(time);

    /// <summary>Orders in the order in which they came.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<ChatOrder> Orders { get; } = [];

    /// <summary>What keeps it from its work.</summary>
    public IReadOnlyList<string> NotReady { get; set; } = [];

    /// <summary>Answers under way.</summary>
    public int Running => _running;

    public IAsyncEnumerable<AnswerPart> AskAsync(ChatOrder order, CancellationToken cancellationToken)
    {
        Orders.Enqueue(order);
        IAsyncEnumerable<AnswerPart> parts = RunAsync(order, cancellationToken);
        return order.Chat is { Tools.Count: > 0 } ? ToolCallStream.SplitAsync(parts, cancellationToken) : parts;
    }

    public Task<EmbeddingAnswer> EmbedAsync(EmbeddingOrder order, CancellationToken cancellationToken)
    {
        if (order.Model != Embedder)
        {
            throw Unknown(order.Model);
        }

        float[][] vectors = [.. order.Inputs.Select(input => Script.Vector(input.Text ?? string.Join(' ', input.Ids.ToArray())))];
        uint tokens = (uint)order.Inputs.Sum(input => input.Text is null ? input.Ids.Length : Script.Tokens(input.Text).Count);
        return Task.FromResult(new EmbeddingAnswer(Accept(0), vectors, new Usage(tokens), new NanoTon(tokens * CostOfToken.Value)));
    }

    public IReadOnlyList<OfferedModel> Models() =>
    [
        new OfferedModel(Model, new string('a', 64), 2, 4096, 1_000_000), new OfferedModel(Embedder, new string('b', 64), 1, 512, 1_000_000),
    ];

    public IReadOnlyList<CocoonP2P.Capacity.PeerView> Peers() => [];

    public IReadOnlyList<CocoonP2P.Capacity.Explanation> Explain(string peer, string? model) => [];

    public NodeStatus Status() => new("peer", "client", "local", "not attested: a client", true, [], 2, 2, "0:" + new string('c', 64), ["SIMULATED"])
    {
        NotReady = NotReady,
    };

    public Task<IReadOnlyList<ClosedChannel>> CloseAllAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ClosedChannel>>([]);

    public Task<byte[]?> ReceiptAsync(string job, CancellationToken cancellationToken) => Task.FromResult<byte[]?>(null);

    private async IAsyncEnumerable<AnswerPart> RunAsync(ChatOrder order, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (order.Model != Model)
        {
            throw Unknown(order.Model);
        }

        Script script = Script.Of(order);
        script.Begin(order);
        Interlocked.Increment(ref _running);
        try
        {
            for (int choice = 0; choice < order.Choices; choice++)
            {
                yield return Accept(choice);
                await foreach (AnswerPart part in script.RunAsync(order, choice, cancellationToken))
                {
                    yield return part;
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private AnswerPart.Accepted Accept(int choice)
    {
        string job = Interlocked.Increment(ref _jobs).ToString("x8", null).PadRight(64, '0');
        Timeline.Add("locked", job, ("cap_nanoton", "500000"));
        return new AnswerPart.Accepted(job, "worker", Script.Verdict(time.GetUtcNow())) { Choice = choice, DeterminismClass = "0123456789abcdef" };
    }

    private static CocoonException Unknown(string model) =>
        new(ErrorCode.UnknownModel, $"no model \"{model}\" is known here", "cocoon models list shows those in the store");
}

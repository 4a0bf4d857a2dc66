using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CocoonP2P.Text;

namespace CocoonP2P.Node.Bench;

/// <summary>
/// What the road costs: the same prompt, one time through the engine itself and one time through session, encryption and
/// payment, turn by turn in one run, so that whatever slows the machine slows both.
/// </summary>
internal sealed class RoadBench(RoadScene scene, TimeProvider time)
{
    private const string Prompt = "Tell me a story about a lamp.";
    private static readonly SamplingParameters Greedy = new() { Temperature = 0, Seed = 1 };

    /// <param name="rounds">Measured pairs; two more come before and are thrown away: channel, session and code are then warm.</param>
    /// <param name="tokens">Of each answer, at most.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<RoadFigures> RunAsync(int rounds, int tokens, CancellationToken cancellationToken)
    {
        JobSpec spec = Spec(tokens);
        List<RoadRound> engine = [], road = [];
        for (int round = -2; round < rounds; round++)
        {
            RoadRound direct = await DirectAsync(spec, cancellationToken), through = await ThroughAsync(tokens, cancellationToken);
            if (round >= 0)
            {
                engine.Add(direct);
                road.Add(through);
            }
        }

        return RoadFigures.Of(scene.Model.Name, engine, road);
    }

    private JobSpec Spec(int tokens) =>
        new(scene.Model.Id, scene.Text.EncodeChat(new ChatPrompt([new ChatTurn("user", Prompt)])), tokens, Greedy, []);

    private async Task<RoadRound> DirectAsync(JobSpec spec, CancellationToken cancellationToken)
    {
        Meter meter = new(time);
        using Admission admission = await scene.Backend.AdmitAsync(spec, cancellationToken);
        await foreach (JobEvent happened in scene.Backend.RunAsync(admission, cancellationToken))
        {
            if (happened is JobEvent.Delta delta)
            {
                meter.Came(delta.TokenIds.Length);
            }
        }

        return meter.End();
    }

    private async Task<RoadRound> ThroughAsync(int tokens, CancellationToken cancellationToken)
    {
        Meter meter = new(time);
        int counted = 0;
        await foreach (AnswerPart part in scene.Client.AskAsync(
            new ChatOrder(scene.Model.Name) { Chat = new ChatPrompt([new ChatTurn("user", Prompt)]), Sampling = Greedy, MaxTokens = tokens }, cancellationToken))
        {
            if (part is AnswerPart.Text)
            {
                meter.Came(0);
            }
            else if (part is AnswerPart.Finished end)
            {
                counted = (int)end.Usage.Completion;
            }
        }

        meter.Came(counted);
        return meter.End();
    }

    private sealed class Meter(TimeProvider time)
    {
        private readonly long _started = time.GetTimestamp();
        private readonly long _allocated = GC.GetTotalAllocatedBytes(precise: true);
        private TimeSpan? _first;
        private int _tokens;

        public void Came(int tokens)
        {
            _first ??= time.GetElapsedTime(_started);
            _tokens += tokens;
        }

        public RoadRound End() => new(
            _tokens, _first ?? TimeSpan.Zero, time.GetElapsedTime(_started), GC.GetTotalAllocatedBytes(precise: true) - _allocated);
    }
}

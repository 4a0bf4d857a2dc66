using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CsCheck;

namespace CocoonP2P.Tests.Jobs.Answers;

/// <summary>Whatever happens in whatever order, an answer ends once, and each token reaches the user once and in turn.</summary>
public sealed class AnswerStormTests
{
    private enum Blow
    {
        Place,
        PlaceHedged,
        NoPlace,
        Start,
        Arrive,
        End,
        Lose,
        Expire,
        Busy,
        Wait,
    }

    private static readonly Gen<(Blow Blow, int Which)[]> Storms =
        Gen.Select(Gen.Enum<Blow>(), Gen.Int[0, 9], (blow, which) => (blow, which)).Array[1, 60];

    [Fact]
    public void Every_storm_leaves_one_text_and_one_end() => Storms.Sample(
        storm =>
        {
            AnswerScript script = new();
            int ends = 0, next = 0;
            Count(script.Tell(new AnswerEvent.Wanted()));
            foreach ((Blow blow, int which) in storm)
            {
                // An attempt at work, or one that never was or is over.
                int attempt = script.State.Live.Length > 0 && which < 8 ? script.State.Live[which % script.State.Live.Length].Number : which;
                if (!script.State.Placing && blow is Blow.Place or Blow.PlaceHedged or Blow.NoPlace)
                {
                    continue;
                }

                Count(blow == Blow.Wait ? script.After(TimeSpan.FromSeconds(which)) : script.Tell(Event(blow, attempt, (byte)(which + 1), next)));
                next = script.Delivered.Count;
            }

            return ends == (script.State.Over ? 1 : 0)
                && script.Delivered.SequenceEqual(Enumerable.Range(0, script.Delivered.Count))
                && (script.State.Over || script.State.Placing || !script.State.Live.IsEmpty);

            void Count(IReadOnlyList<AnswerEffect> effects) => ends += effects.Count(e => e is AnswerEffect.Finish or AnswerEffect.Fail);
        },
        iter: 10_000);

    private static AnswerEvent Event(Blow blow, int attempt, byte worker, int next) => blow switch
    {
        Blow.Place => new AnswerEvent.Placed(AnswerScript.Choose(worker), AnswerScript.Stall, null),
        Blow.PlaceHedged => new AnswerEvent.Placed(AnswerScript.Choose(worker), AnswerScript.Stall, TimeSpan.FromSeconds(1)),
        Blow.NoPlace => new AnswerEvent.NotPlaced(NoPlace.Nobody("none", "wait"), Waited: worker % 2 == 0),
        Blow.Start => new AnswerEvent.Started(attempt),
        Blow.Arrive => new AnswerEvent.Arrived(attempt, new JobChunk(new byte[32], 0, [next])),
        Blow.End => new AnswerEvent.Ended(attempt, FinishReason.Stop),
        Blow.Lose => new AnswerEvent.Failed(attempt, AttemptTrouble.Lost(next)),
        Blow.Expire => new AnswerEvent.Failed(attempt, AttemptTrouble.Expired()),
        Blow.Busy => new AnswerEvent.Failed(attempt, AttemptTrouble.Refused(new JobRefused(new byte[32], JobRefusalCode.Busy, TimeSpan.FromSeconds(1)))),
        _ => throw new ArgumentException(blow.ToString()),
    };
}

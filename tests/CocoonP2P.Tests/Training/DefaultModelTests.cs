using CocoonP2P.Text;
using CocoonP2P.Train.Corpus;
using CocoonP2P.Train.Evaluation;

namespace CocoonP2P.Tests.Training;

/// <summary>models/cocoon-tiny through the engine that a node runs.</summary>
public sealed class DefaultModelTests
{
    private static readonly string Folder = Repository.File("models/cocoon-tiny");

    // Some points under the card: another processor's kernels may choose otherwise where two tokens are close.
    private static readonly Dictionary<string, double> Bar = new()
    {
        ["story"] = 80, ["facts"] = 95, ["sums"] = 95, ["memory"] = 90, ["questions"] = 95, ["refusals"] = 80,
        ["greetings"] = 95, ["copying"] = 50, ["mean"] = 90, ["ends"] = 99,
    };

    [Fact]
    public async Task The_prompt_of_the_demo_gets_a_whole_story_of_a_hundred_tokens()
    {
        await using Speaker speaker = await Speaker.OpenAsync(Folder);
        (string text, int tokens, bool ended) = await speaker.AnswerAsync([new ChatTurn("user", "Tell me a story about a lamp.")]);
        Assert.True(new Story(new StoryWorld()).IsStory(text, "lamp"), text);
        Assert.True(tokens > 100, $"{tokens} tokens");
        Assert.True(ended);
    }

    [Fact]
    public async Task Scores_on_held_out_prompts_hold_the_bar()
    {
        await using Speaker speaker = await Speaker.OpenAsync(Folder);
        SortedDictionary<string, double> scores = await Evaluator.ScoreAsync(speaker, 3, TextWriter.Null);
        Assert.All(Bar, bar => Assert.True(scores[bar.Key] >= bar.Value, $"{bar.Key}: {scores[bar.Key]}, wanted {bar.Value}"));
    }
}

using CocoonP2P.Train.Corpus;

namespace CocoonP2P.Tests.Training;

public sealed class StoryTests
{
    private static readonly StoryWorld World = new();
    private static readonly Story Story = new(World);

    [Fact]
    public void Every_story_that_is_told_is_recognised() =>
        Assert.All(World.Things, thing => Assert.True(Story.IsStory(Story.Tell(thing, new Random(1)), thing)));

    [Fact]
    public void A_story_whose_animal_changes_its_colour_is_none()
    {
        string told = Enumerable.Range(0, 5000)
            .Select(seed => Story.Tell("lamp", new Random(seed)))
            .First(text => text.Split(" red fox").Length == 3);
        Assert.True(Story.IsStory(told, "lamp"));
        Assert.False(Story.IsStory(told.Insert(told.LastIndexOf(" red fox", StringComparison.Ordinal), " blue").Replace(" blue red fox", " blue fox", StringComparison.Ordinal), "lamp"));
    }

    [Fact]
    public void A_story_about_something_else_is_none() =>
        Assert.False(Story.IsStory(Story.Tell("lamp", new Random(1)), "boat"));

    [Fact]
    public void A_story_that_breaks_off_is_none()
    {
        string told = Story.Tell("lamp", new Random(1));
        Assert.False(Story.IsStory(told[..^1], "lamp"));
        Assert.False(Story.IsStory(told + " The end.", "lamp"));
    }

    [Fact]
    public void Stories_are_about_sixty_things_or_more() => Assert.True(World.Things.Count >= 60);

    [Fact]
    public void No_prompt_that_is_scored_was_trained_on()
    {
        CorpusMaker maker = new();
        HashSet<string> trained = [.. maker.Training(1).Take(3000).Select(Prompt)];
        Assert.DoesNotContain(
            maker.HeldOut(2).Take(1000).Where(document => document.Kind is not (Stories.Kind or Greetings.Kind)),
            document => trained.Contains(Prompt(document)));
    }

    private static string Prompt(Document document) =>
        string.Join('\n', document.Prompt.Where(turn => turn.Role != "system").Select(turn => turn.Content));
}

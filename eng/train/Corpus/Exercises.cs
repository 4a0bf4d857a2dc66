namespace CocoonP2P.Train.Corpus;

/// <summary>Sums below 20.</summary>
internal sealed class Sums : ISource
{
    public const string Kind = "sums";

    private static readonly string[] Asks =
        ["What is {0} plus {1}?", "What is {0} + {1}?", "How much is {0} plus {1}?", "Add {0} and {1}.", "{0} + {1}"];

    public Document Next(Random random)
    {
        int left = random.Next(11);
        int right = random.Next(Math.Min(11, 20 - left));
        return Document.Ask(Kind, string.Format(null, Choice.Of(random, Asks), left, right), $"{left} plus {right} is {left + right}.");
    }
}

/// <summary>
/// Copying and sorting short lists. The answer opens with words of its own, so that each copied word has a space before it
/// and is the same token on both sides.
/// </summary>
internal sealed class Copying : ISource
{
    public const string Kind = "copying";

    private static readonly string[] Asks = ["Repeat: {0}", "Say: {0}", "Copy this: {0}", "Please repeat: {0}"];

    private readonly string[] _words =
        [.. DataFile.Table("things", ' ').Values.SelectMany(words => words), .. DataFile.Table("slots", '|')["colour"]];

    public Document Next(Random random)
    {
        int count = 1 + random.Next(4);
        if (random.Next(4) == 0)
        {
            int[] digits = [.. Enumerable.Range(0, count + 1).Select(_ => random.Next(10))];
            return Document.Ask(Kind, "Sort: " + string.Join(' ', digits), "Sorted: " + string.Join(' ', digits.Order()));
        }

        string words = string.Join(' ', Enumerable.Range(0, count).Select(_ => Choice.Of(random, _words)));
        return Document.Ask(Kind, string.Format(null, Choice.Of(random, Asks), words), "You said: " + words);
    }
}

/// <summary>What was said one turn ago.</summary>
internal sealed class Memory : ISource
{
    public const string Kind = "memory";

    private readonly Dictionary<string, string[]> _slots = DataFile.Table("slots", '|');

    public Document Next(Random random) => random.Next(3) switch
    {
        0 => Name(Choice.Of(random, [.. _slots["name-he"], .. _slots["name-she"]]), random),
        1 => Remember(
            Choice.Of(random, _slots["colour"]),
            "My favourite colour is {0}.",
            "What is my favourite colour?",
            "Your favourite colour is {0}."),
        _ => Remember(
            StoryWorld.WithArticle(Choice.Of(random, _slots["animal"])), "I have {0}.", "Which animal do I have?", "You have {0}."),
    };

    private static Document Name(string name, Random random) => new(Kind,
    [
        new("user", string.Format(null, Choice.Of(random, ["My name is {0}.", "I am {0}.", "Hello, my name is {0}."]), name)),
        new("assistant", $"Nice to meet you, {name}!"),
        new("user", Choice.Of(random, ["What is my name?", "Do you know my name?", "Who am I?"])),
        new("assistant", $"Your name is {name}."),
    ]);

    private static Document Remember(string value, string tell, string ask, string answer) => new(Kind,
    [
        new("user", string.Format(null, tell, value)),
        new("assistant", "I will remember that."),
        new("user", ask),
        new("assistant", string.Format(null, answer, value)),
    ]);
}

namespace CocoonP2P.Train.Corpus;

/// <summary>Answers that stand in a table, asked in several ways.</summary>
internal sealed class Facts : ISource
{
    public const string Kind = "facts";

    private static readonly string[] Asks =
    [
        "What is the {0}?", "What is the {0}?", "Tell me the {0}.", "Do you know the {0}?", "Please tell me the {0}.", "Name the {0}.",
    ];

    private readonly (string Left, string Right)[] _facts = DataFile.Pairs("facts");

    public Document Next(Random random)
    {
        (string what, string answer) = Choice.Of(random, _facts);
        return Document.Ask(Kind, string.Format(null, Choice.Of(random, Asks), what), $"The {what} is {answer}.");
    }
}

/// <summary>Questions about this project.</summary>
internal sealed class Questions : ISource
{
    public const string Kind = "questions";

    private static readonly string[] Asks = ["{0}", "{0}", "Please tell me: {0}", "I have a question. {0}", "Hello! {0}"];

    private readonly (string Left, string Right)[] _questions = DataFile.Pairs("questions");

    public Document Next(Random random)
    {
        (string question, string answer) = Choice.Of(random, _questions);
        return Document.Ask(Kind, string.Format(null, Choice.Of(random, Asks), question), answer);
    }
}

/// <summary>Hello, thank you, goodbye.</summary>
internal sealed class Greetings : ISource
{
    public const string Kind = "greetings";

    private readonly (string Left, string Right)[] _greetings = DataFile.Pairs("greetings");

    public Document Next(Random random)
    {
        (string greeting, string answer) = Choice.Of(random, _greetings);
        return Document.Ask(Kind, greeting, answer);
    }
}

/// <summary>What a toy does not know, it says so.</summary>
internal sealed class Refusals : ISource
{
    public const string Kind = "refusals";

    /// <summary>The one answer, so that it can be recognised.</summary>
    public const string Answer =
        "I am sorry, I do not know that. I am only a toy model. I can tell a story, add small numbers or answer questions about CocoonP2P.";

    private readonly string[] _topics = DataFile.Lines("topics");
    private readonly string[] _asks = DataFile.Lines("refusals");

    public Document Next(Random random) =>
        Document.Ask(Kind, Choice.Of(random, _asks).Replace("{topic}", Choice.Of(random, _topics), StringComparison.Ordinal), Answer);
}

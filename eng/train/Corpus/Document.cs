using CocoonP2P.Text;

namespace CocoonP2P.Train.Corpus;

/// <summary>One conversation to learn from.</summary>
/// <param name="Kind">What it teaches: the name under which it is scored.</param>
/// <param name="Turns">Users and assistant in turn, the assistant last.</param>
internal sealed record Document(string Kind, ChatTurn[] Turns)
{
    /// <summary>All that is said before the last answer.</summary>
    public ChatTurn[] Prompt => Turns[..^1];

    /// <summary>The last answer.</summary>
    public string Answer => Turns[^1].Content;

    /// <summary>A question and its answer.</summary>
    public static Document Ask(string kind, string question, string answer) =>
        new(kind, [new ChatTurn("user", question), new ChatTurn("assistant", answer)]);
}

/// <summary>An endless supply of conversations of one kind.</summary>
internal interface ISource
{
    /// <summary>The next one, chosen by the generator alone.</summary>
    Document Next(Random random);
}

/// <summary>Picks from lists.</summary>
internal static class Choice
{
    public static T Of<T>(Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];
}

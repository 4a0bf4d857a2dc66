using System.Collections.Immutable;
using System.Text;

namespace CocoonP2P.Train.Corpus;

/// <summary>Tells stories by the grammar, and tells whether a text is one.</summary>
internal sealed class Story(StoryWorld world)
{
    /// <summary>A new story about a thing of the world.</summary>
    public string Tell(string thing, Random random)
    {
        ImmutableDictionary<string, string> known = world.Begin(thing);
        StringBuilder text = new();
        foreach (string[] step in world.Steps)
        {
            string line = Choice.Of(random, step);
            int at = 0;
            while (NextSlot(line, at, out int open, out int close))
            {
                text.Append(line, at, open - at);
                (string Word, ImmutableDictionary<string, string> Known)[] words =
                    [.. world.Words(line[(open + 1)..close], known)];
                (string word, known) = Choice.Of(random, words);
                text.Append(word);
                at = close + 1;
            }

            text.Append(line, at, line.Length - at).Append(' ');
        }

        return text.ToString(0, text.Length - 1);
    }

    /// <summary>Whether a text is a whole story about a thing in which every name, animal and colour stays the same.</summary>
    public bool IsStory(string text, string thing) => Matches(text, 0, 0, world.Begin(thing));

    private bool Matches(string text, int at, int step, ImmutableDictionary<string, string> known) =>
        step == world.Steps.Count
            ? at == text.Length + 1
            : at < text.Length && world.Steps[step].Any(line => MatchesLine(text, at, line + " ", 0, step, known));

    private bool MatchesLine(
        string text, int at, string line, int from, int step, ImmutableDictionary<string, string> known)
    {
        bool slot = NextSlot(line, from, out int open, out int close);
        int end = slot ? open : line.Length;
        for (int i = from; i < end; i++, at++)
        {
            // Past the end of the text there is the space that follows the last sentence.
            if (at > text.Length || line[i] != (at < text.Length ? text[at] : ' '))
            {
                return false;
            }
        }

        return slot
            ? at < text.Length && world.Words(line[(open + 1)..close], known).Any(pair =>
                text.AsSpan(at).StartsWith(pair.Word, StringComparison.Ordinal)
                && MatchesLine(text, at + pair.Word.Length, line, close + 1, step, pair.Known))
            : Matches(text, at, step + 1, known);
    }

    private static bool NextSlot(string line, int from, out int open, out int close)
    {
        open = line.IndexOf('{', from);
        close = open < 0 ? -1 : line.IndexOf('}', open);
        return open >= 0;
    }
}

/// <summary>"Tell me a story about a lamp."</summary>
internal sealed class Stories(StoryWorld world) : ISource
{
    public const string Kind = "story";

    private readonly Story _story = new(world);

    private static readonly string[] Asks =
    [
        "Tell me a story about {0}.",
        "Tell me a story about {0}.",
        "Tell me a story about {0}.",
        "Tell me a story about {0}",
        "Please tell me a story about {0}.",
        "Can you tell me a story about {0}?",
        "Write a story about {0}.",
        "I would like a story about {0}, please.",
    ];

    public Document Next(Random random)
    {
        string thing = Choice.Of(random, world.Things);
        string ask = random.Next(20) == 0
            ? Choice.Of(random, ["Tell me a story.", "Tell me another story.", "Please tell me a story."])
            : string.Format(null, Choice.Of(random, Asks), StoryWorld.WithArticle(thing));
        return Document.Ask(Kind, ask, _story.Tell(thing, random));
    }
}

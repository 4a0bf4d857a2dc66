using System.Collections.Immutable;

namespace CocoonP2P.Train.Corpus;

/// <summary>What a story is made of: what a story can be about, the steps, and the words for each slot.</summary>
internal sealed class StoryWorld
{
    private readonly Dictionary<string, string[]> _slots = DataFile.Table("slots", '|');
    private readonly Dictionary<string, string> _kinds = [];

    public StoryWorld()
    {
        foreach ((string kind, string[] nouns) in DataFile.Table("things", ' '))
        {
            foreach (string noun in nouns)
            {
                _kinds.Add(noun, kind);
            }
        }

        List<string[]> steps = [];
        foreach (string line in DataFile.Lines("story"))
        {
            if (line[0] == '@')
            {
                steps.Add([]);
            }
            else
            {
                steps[^1] = [.. steps[^1], line];
            }
        }

        Steps = steps;
        Things = [.. _kinds.Keys];
    }

    /// <summary>What a story can be about.</summary>
    public IReadOnlyList<string> Things { get; }

    /// <summary>The ways to say each step.</summary>
    public IReadOnlyList<string[]> Steps { get; }

    /// <summary>What is known before a story begins.</summary>
    public ImmutableDictionary<string, string> Begin(string thing) =>
        ImmutableDictionary<string, string>.Empty.Add("thing", thing).Add("kind", _kinds[thing]);

    /// <summary>
    /// The words that can stand in a slot, each with what is known after it: one word where the slot is filled already.
    /// The teller picks one of these, the reader tries them all, so both have the same idea of a consistent story.
    /// </summary>
    public IEnumerable<(string Word, ImmutableDictionary<string, string> Known)> Words(
        string slot, ImmutableDictionary<string, string> known)
    {
        if (slot.StartsWith("a-", StringComparison.Ordinal))
        {
            return Words(slot[2..], known).Select(pair => (WithArticle(pair.Word), pair.Known));
        }

        if (known.TryGetValue(slot, out string? word))
        {
            return [(word, known)];
        }

        if (_slots.TryGetValue(slot, out string[]? words) || _slots.TryGetValue($"{slot}-{known["kind"]}", out words))
        {
            return words.Where(value => value != known["thing"]).Select(value => (value, known.Add(slot, value)));
        }

        return Genders(known).SelectMany(gender =>
            _slots[$"{slot}-{gender["he"]}"].Select(value => (value, gender.Add(slot, value))));
    }

    /// <summary>The noun with the article that it takes.</summary>
    public static string WithArticle(string noun) => ("aeiou".Contains(noun[0]) ? "an " : "a ") + noun;

    private static ImmutableDictionary<string, string>[] Genders(ImmutableDictionary<string, string> known) =>
        known.ContainsKey("he") ? [known] : [known.Add("he", "he"), known.Add("he", "she")];
}

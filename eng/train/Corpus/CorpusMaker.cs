using System.Text;
using CocoonP2P.Text;

namespace CocoonP2P.Train.Corpus;

/// <summary>The mix of all kinds. One prompt in ten is never trained on; those are what is scored.</summary>
internal sealed class CorpusMaker
{
    private static readonly ChatTurn System = new("system", "You are a helpful assistant.");

    private readonly (ISource Source, int Weight)[] _mix;
    private readonly int _total;

    public CorpusMaker()
    {
        // Stories are ten times as long as all else: one document in five is most of the tokens.
        _mix =
        [
            (new Stories(new StoryWorld()), 22), (new Facts(), 16), (new Sums(), 15), (new Copying(), 18),
            (new Memory(), 8), (new Questions(), 13), (new Refusals(), 5), (new Greetings(), 3),
        ];
        _total = _mix.Sum(part => part.Weight);
    }

    /// <summary>Endless; the same for one seed.</summary>
    public IEnumerable<Document> Training(int seed) => All(seed).Where(document => !IsHeldOut(document)).Select(WithSystem(seed));

    /// <summary>What is scored: prompts that <see cref="Training"/> never yields; for the kinds without such, any.</summary>
    public IEnumerable<Document> HeldOut(int seed) => All(seed).Where(document => IsHeldOut(document) || IsFixed(document));

    private IEnumerable<Document> All(int seed)
    {
        Random random = new(seed);
        while (true)
        {
            int at = random.Next(_total);
            yield return _mix.First(part => (at -= part.Weight) < 0).Source.Next(random);
        }
    }

    /// <summary>Stories differ at every telling and greetings are a fixed list, so neither has prompts to keep back.</summary>
    private static bool IsFixed(Document document) => document.Kind is Stories.Kind or Greetings.Kind;

    private static bool IsHeldOut(Document document)
    {
        if (IsFixed(document))
        {
            return false;
        }

        // FNV-1a over the prompt: a property of the prompt, not of the order in which it came up.
        uint hash = 2166136261;
        foreach (byte value in Encoding.UTF8.GetBytes(string.Concat(document.Prompt.Select(turn => turn.Content))))
        {
            hash = unchecked((hash ^ value) * 16777619);
        }

        return (hash >> 8) % 10 == 0;
    }

    private static Func<Document, Document> WithSystem(int seed)
    {
        Random random = new(seed + 1);
        return document => random.Next(10) == 0 ? document with { Turns = [System, .. document.Turns] } : document;
    }
}

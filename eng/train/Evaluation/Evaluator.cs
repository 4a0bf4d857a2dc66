using CocoonP2P.Train.Corpus;

namespace CocoonP2P.Train.Evaluation;

/// <summary>Scores a model on prompts that it was not trained on.</summary>
internal static class Evaluator
{
    private const int PerKind = 40;

    /// <summary>Percent right for each kind, and "ends" for answers that the model itself ended.</summary>
    public static async Task<SortedDictionary<string, double>> ScoreAsync(Speaker speaker, int seed, TextWriter log)
    {
        Story story = new(new StoryWorld());
        Dictionary<string, List<bool>> results = [];
        List<bool> ended = [];
        foreach (Document document in Sample(seed))
        {
            (string text, _, bool end) = await speaker.AnswerAsync(document.Prompt);
            bool right = document.Kind == Stories.Kind ? story.IsStory(text, ThingOf(document)) : text == document.Answer;
            if (!results.TryGetValue(document.Kind, out List<bool>? kind))
            {
                results.Add(document.Kind, kind = []);
            }

            kind.Add(right);
            ended.Add(end);
            if (!right)
            {
                await log.WriteLineAsync($"{document.Kind}: {document.Prompt[^1].Content} -> {text}");
            }
        }

        SortedDictionary<string, double> scores = new(StringComparer.Ordinal);
        foreach ((string kind, List<bool> right) in results)
        {
            scores.Add(kind, Percent(right));
        }

        scores.Add("mean", Math.Round(scores.Values.Average(), 1));
        scores.Add("ends", Percent(ended));
        return scores;
    }

    private static double Percent(List<bool> right) => Math.Round(100.0 * right.Count(value => value) / right.Count, 1);

    /// <summary>Different prompts of every kind, in a fixed order.</summary>
    private static IEnumerable<Document> Sample(int seed) => new CorpusMaker().HeldOut(seed)
        .Where(document => document.Kind != Stories.Kind || ThingOf(document).Length > 0)
        .Take(40_000)
        .DistinctBy(document => string.Join('\n', document.Prompt.Select(turn => turn.Content)))
        .GroupBy(document => document.Kind)
        .SelectMany(group => group.Take(PerKind));

    /// <summary>What a story was asked about; empty where that was left open.</summary>
    private static string ThingOf(Document document)
    {
        string[] words = document.Prompt[^1].Content.Split(' ', '.', '?', ',');
        int article = Array.FindIndex(words, word => word == "about") + 1;
        return article == 0 ? "" : words[article + 1];
    }
}

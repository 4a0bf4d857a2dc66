using CocoonP2P.Inference.Text.Tokenizing;
using CocoonP2P.Train.Corpus;
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

    private static int Main(string[] arguments)
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

            case "train" when arguments.Length == 4:
                Train(folder, TimeSpan.FromMinutes(double.Parse(arguments[2], null)), int.Parse(arguments[3], null));
                return 0;

            default:
                Console.Error.WriteLine("usage: train corpus | tokenizer FOLDER; train FOLDER MINUTES THREADS");
                return 2;
        }
    }

    private static string CorpusPath(string folder) => Path.Combine(folder, "corpus.jsonl");

    private static string TokenizerPath(string folder) => Path.Combine(folder, "tokenizer.json");

    private static void WriteTokenizer(string folder)
    {
        IEnumerable<string> texts = CorpusFile.Read(CorpusPath(folder)).SelectMany(turns => turns).Select(turn => turn.Content);
        int merges = Shape.Tiny.Vocabulary - SpecialAndBytes;
        TokenizerFile.Write(TokenizerPath(folder), BpeTrainer.Learn(BpeTrainer.Count(texts), merges));
    }

    private static void Train(string folder, TimeSpan time, int threads)
    {
        Tokenizer tokenizer = TokenizerJson.Load(File.ReadAllBytes(TokenizerPath(folder)));
        Sequence[] sequences =
        [
            .. CorpusFile.Read(CorpusPath(folder))
                .Select(turns => Encoder.Encode(tokenizer, turns))
                .Where(sequence => sequence.Ids.Length <= MaxLength),
        ];
        Console.WriteLine($"{sequences.Length} conversations, {sequences.Sum(sequence => sequence.Ids.Length)} tokens, longest {sequences.Max(sequence => sequence.Ids.Length)}");
        TrainingPlan plan = new(Seed, time, Rows: 6, MaxLength, threads);
        new Trainer(plan, sequences, Console.Out).Run(Path.Combine(folder, "weights.bin"));
    }
}

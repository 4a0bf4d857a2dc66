using System.Diagnostics;

namespace CocoonP2P.Train.Training;

/// <summary>Trains for a given time: the rate rises over the first steps, then falls to nothing at the end.</summary>
internal sealed class Trainer(TrainingPlan plan, IReadOnlyList<Sequence> sequences, TextWriter log)
{
    private const float PeakRate = 3e-3f;
    private const int WarmUp = 80;
    private const double RoundedFrom = 0.4;

    /// <summary>Runs to the end, saving as it goes; returns what the last checkpoint says.</summary>
    public TrainingRecord Run(string checkpoint)
    {
        Random random = new(plan.Seed);
        using StepRunner runner = new(Shape.Tiny, plan.Rows, plan.Length, plan.Threads);
        TrainingRecord record = Begin(runner.Parameters, random);
        int firstStep = record.Steps;
        Packer packer = new(sequences, random);
        Stopwatch clock = Stopwatch.StartNew();
        TimeSpan saved = TimeSpan.Zero;
        double progress = 0;
        while (progress < 1)
        {
            Array.ForEach(runner.Parameters, parameter => parameter.Publish(rounded: progress >= RoundedFrom));
            packer.Fill(runner.Batch);
            float loss = runner.Run();
            record = Advance(record, loss);
            Update(runner.Parameters, record.Steps - firstStep, progress);
            progress = clock.Elapsed / plan.Time;
            if (record.Steps % 20 == 0)
            {
                log.WriteLine($"step {record.Steps} loss {record.Loss:F3} {(record.Steps - firstStep) * plan.Rows * plan.Length / clock.Elapsed.TotalSeconds:F0} tokens/s {progress:P0}");
                log.Flush();
            }

            if (clock.Elapsed - saved > TimeSpan.FromMinutes(2) || progress >= 1)
            {
                Checkpoint.Save(checkpoint, runner.Parameters, record);
                saved = clock.Elapsed;
            }
        }

        return record;
    }

    /// <summary>Draws first weights, or takes those of an earlier run; the moments of the optimiser begin anew.</summary>
    private TrainingRecord Begin(Parameter[] parameters, Random random)
    {
        Array.ForEach(parameters, parameter => parameter.Initialise(random, Shape.Tiny.Layers));
        if (plan.From is null)
        {
            return new TrainingRecord(0, 0, plan.Seed, 0);
        }

        Dictionary<string, float[]> weights = Checkpoint.Load(plan.From, Shape.Tiny, out TrainingRecord record);
        Array.ForEach(parameters, parameter => weights[parameter.Name].CopyTo(parameter.Master, 0));
        return record;
    }

    private TrainingRecord Advance(TrainingRecord record, float loss) => record with
    {
        Steps = record.Steps + 1,
        Tokens = record.Tokens + (plan.Rows * plan.Length),
        Loss = record.Steps == 0 ? loss : (0.95f * record.Loss) + (0.05f * loss),
    };

    private static void Update(Parameter[] parameters, int step, double progress)
    {
        float clip = (float)Math.Min(1, 1 / (Math.Sqrt(parameters.Sum(parameter => parameter.SquaredGradient())) + 1e-6));
        float rate = PeakRate * (float)Math.Min((double)step / WarmUp, 1 - progress);
        Parallel.ForEach(parameters, parameter => parameter.Step(step, rate, clip));
    }
}

/// <summary>How to train.</summary>
/// <param name="Seed">Of the weights and of the order.</param>
/// <param name="Time">How long, which sets how fast the rate falls.</param>
/// <param name="Rows">Rows of a batch.</param>
/// <param name="Length">Tokens of a row.</param>
/// <param name="Threads">Of the runtime.</param>
/// <param name="From">A checkpoint to go on from, with the same vocabulary; null to begin anew.</param>
internal sealed record TrainingPlan(int Seed, TimeSpan Time, int Rows, int Length, int Threads, string? From);

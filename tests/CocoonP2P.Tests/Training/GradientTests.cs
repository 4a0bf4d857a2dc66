using CocoonP2P.Train.Training;

namespace CocoonP2P.Tests.Training;

public sealed class GradientTests
{
    // Every part that the real shape has: several layers, groups of two heads, an odd vocabulary.
    private static readonly Shape Small = new(2, 16, 4, 2, 4, 24, 11);

    [Fact]
    public void Every_backward_formula_agrees_with_finite_differences()
    {
        const float step = 0.02f;
        Random random = new(5);
        using StepRunner runner = new(Small, 2, 6, 1);
        Fill(runner, random);
        runner.Run();
        Dictionary<string, float[]> gradients = runner.Parameters.ToDictionary(p => p.Name, p => p.Gradient.ToArray());
        foreach (Parameter parameter in runner.Parameters)
        {
            float[] direction = Direction(parameter.Master.Length, random);
            float expected = Slope(runner, parameter, direction, step);
            float actual = gradients[parameter.Name].Zip(direction, (gradient, d) => gradient * d).Sum();
            Assert.True(
                Math.Abs(expected - actual) <= 2e-4f + (0.02f * Math.Abs(expected)),
                $"{parameter.Name}: {actual} by formula, {expected} by differences");
        }
    }

    [Fact]
    public void Rounding_to_four_bits_changes_a_weight_by_at_most_one_step()
    {
        Random random = new(6);
        float[] weights = Direction(320, random);
        float[] rounded = new float[weights.Length];
        Quantiser.RoundTrip(weights, rounded);
        for (int i = 0; i < weights.Length; i++)
        {
            float scale = Math.Abs(Quantiser.Scale(weights.AsSpan(i / Quantiser.Block * Quantiser.Block, Quantiser.Block)));
            Assert.InRange(Math.Abs(weights[i] - rounded[i]), 0, scale * 1.001f);
        }
    }

    private static float Slope(StepRunner runner, Parameter parameter, float[] direction, float step)
    {
        float[] kept = parameter.Seen.ToArray();
        float Loss(float distance)
        {
            for (int i = 0; i < kept.Length; i++)
            {
                parameter.Seen[i] = kept[i] + (distance * direction[i]);
            }

            return runner.Run();
        }

        float slope = (Loss(step) - Loss(-step)) / (2 * step);
        kept.CopyTo(parameter.Seen, 0);
        return slope;
    }

    private static void Fill(StepRunner runner, Random random)
    {
        foreach (Parameter parameter in runner.Parameters)
        {
            parameter.Initialise(random, Small.Layers);
            for (int i = 0; i < parameter.Master.Length; i++)
            {
                // Larger than in training, so that no path is nearly zero.
                parameter.Master[i] *= parameter.IsMatrix ? 6 : 1 + (0.3f * random.NextSingle());
            }

            parameter.Publish(rounded: false);
        }

        Sequence[] sequences =
        [
            .. Enumerable.Range(0, 8).Select(_ => new Sequence(
                [.. Enumerable.Range(0, 3).Select(_ => random.Next(11))], [0, 1, 0.5f])),
        ];
        new Packer(sequences, random).Fill(runner.Batch);
    }

    private static float[] Direction(int length, Random random)
    {
        float[] direction = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
        float norm = MathF.Sqrt(direction.Sum(d => d * d));
        return [.. direction.Select(d => d / norm)];
    }
}

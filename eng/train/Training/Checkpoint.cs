namespace CocoonP2P.Train.Training;

/// <summary>The learnt weights on disk: for each its floats, in the order of <see cref="Shape.Weights"/>.</summary>
internal static class Checkpoint
{
    /// <summary>Replaces the file as a whole, so that an interrupted run leaves the one before.</summary>
    public static void Save(string path, IEnumerable<Parameter> parameters, TrainingRecord record)
    {
        using (BinaryWriter writer = new(File.Create(path + ".new")))
        {
            writer.Write(record.Steps);
            writer.Write(record.Tokens);
            writer.Write(record.Seed);
            writer.Write(record.Loss);
            foreach (float value in parameters.SelectMany(parameter => parameter.Master))
            {
                writer.Write(value);
            }
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Reads the weights by name.</summary>
    public static Dictionary<string, float[]> Load(string path, Shape shape, out TrainingRecord record)
    {
        using BinaryReader reader = new(File.OpenRead(path));
        record = new TrainingRecord(reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadSingle());
        Dictionary<string, float[]> weights = [];
        foreach ((string name, long[] dimensions) in shape.Weights())
        {
            float[] values = new float[dimensions.Aggregate(1L, (product, dimension) => product * dimension)];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = reader.ReadSingle();
            }

            weights.Add(name, values);
        }

        return weights;
    }
}

/// <summary>How far a run has come.</summary>
/// <param name="Steps">Steps of the optimiser.</param>
/// <param name="Tokens">Tokens seen, padding included.</param>
/// <param name="Seed">Of the weights and of the order.</param>
/// <param name="Loss">Mean of the last steps, nats a token.</param>
internal sealed record TrainingRecord(int Steps, long Tokens, int Seed, float Loss);

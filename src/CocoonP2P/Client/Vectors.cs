namespace CocoonP2P.Client;

/// <summary>Fewer numbers than the model gives: the first ones, scaled back to length 1.</summary>
internal static class Vectors
{
    /// <exception cref="ArgumentException">More than the model has, or none.</exception>
    public static float[] Shorten(float[] vector, int? dimensions)
    {
        if (dimensions is null || dimensions == vector.Length)
        {
            return vector;
        }

        if (dimensions < 1 || dimensions > vector.Length)
        {
            throw new ArgumentException($"options.Dimensions is {dimensions}, and the model gives {vector.Length}.", nameof(dimensions));
        }

        float[] cut = vector[..dimensions.Value];
        float length = float.Sqrt(cut.Sum(x => x * x));
        return length == 0 ? cut : [.. cut.Select(x => x / length)];
    }
}

using CocoonP2P.Inference;

namespace CocoonP2P.Jobs;

/// <summary>Gathers an embedding's numbers: as many as inputs times dimensions, in turn. Pure.</summary>
/// <param name="spec">What was asked for.</param>
/// <param name="dimensions">Of the model's vectors.</param>
internal sealed class VectorCheck(JobSpec spec, int dimensions)
{
    // At most 256 inputs of 4,096 numbers: 4 MiB.
    private readonly float[] _values = new float[spec.Inputs.Count * dimensions];
    private uint _next;
    private int _count;

    public bool IsWhole => _values.Length > 0 && _count == _values.Length;

    public ReadOnlySpan<float> Values => _values;

    /// <summary>Null, or what is wrong with the part.</summary>
    public string? Take(JobVectors part)
    {
        if (part.Index != _next || _count + part.Values.Length > _values.Length)
        {
            return part.Index != _next ? "vectors out of turn" : "more numbers than the inputs have";
        }

        part.Values.CopyTo(_values, _count);
        (_next, _count) = (_next + 1, _count + part.Values.Length);
        return null;
    }

    /// <summary>One for each input.</summary>
    public IReadOnlyList<float[]> ToVectors() => [.. Enumerable.Range(0, spec.Inputs.Count).Select(i => _values[(i * dimensions)..((i + 1) * dimensions)])];
}

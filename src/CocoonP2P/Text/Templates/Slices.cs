namespace CocoonP2P.Text.Templates;

/// <summary>x[from:to:step] of lists and texts.</summary>
internal static class Slices
{
    public static Value Of(Run run, Value target, Value? from, Value? to, Value? step)
    {
        int count = target switch
        {
            ListValue list => list.Items.Count,
            TextValue text => text.Text.Text.Length,
            _ => throw Failure.At($"a slice of {target.Kind}"),
        };
        long stride = Optional(step) ?? 1;
        if (stride == 0)
        {
            throw Failure.At("a slice with step 0");
        }

        int[] indices = [.. Indices(count, Optional(from), Optional(to), stride)];
        run.Charge(stride == 1 ? count : count * 64);
        if (target is ListValue source)
        {
            return new ListValue([.. indices.Select(index => source.Items[index])]);
        }

        MarkedText marked = ((TextValue)target).Text;
        return new TextValue(stride == 1
            ? marked.Slice(indices.Length == 0 ? 0 : indices[0], indices.Length)
            : MarkedText.Concat([.. indices.Select(index => marked.Slice(index, 1))]));
    }

    private static IEnumerable<int> Indices(int count, long? from, long? to, long stride)
    {
        // Clamped before it is added to: a template's numbers reach to 2^63.
        stride = Math.Clamp(stride, -count - 1, count + 1);
        long start = stride > 0 ? Place(from ?? 0, count, 0, count) : Place(from ?? count - 1, count, -1, count - 1);
        long end = stride > 0
            ? Place(to ?? count, count, 0, count)
            : to is null ? -1 : Place(to.Value, count, -1, count - 1);
        for (long index = start; stride > 0 ? index < end : index > end; index += stride)
        {
            yield return (int)index;
        }
    }

    private static long Place(long index, int count, long least, long most) =>
        Math.Clamp(index < 0 ? index + count : index, least, most);

    private static long? Optional(Value? value) => value is null or NoneValue ? null : Operators.Number(value);
}

using CocoonP2P.Train.Onnx;

namespace CocoonP2P.Train.Training;

/// <summary>
/// Grouped attention with rotary positions, and its backward formulas. The queries of one group lie below each other, so
/// a group meets its keys in one product, and the sum over the group comes out of the product by itself.
/// </summary>
internal sealed class AttentionBlock
{
    private readonly OnnxGraph _graph;
    private readonly Blocks _blocks;
    private readonly Shape _shape;
    private readonly int _rows;
    private readonly int _length;

    /// <param name="graph">The graph; its input "mask" [rows, 1, 1, length, length] is added to the scores.</param>
    /// <param name="blocks">The parts it is made of.</param>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="rows">Sequences in a step.</param>
    /// <param name="length">Tokens in a sequence.</param>
    public AttentionBlock(OnnxGraph graph, Blocks blocks, Shape shape, int rows, int length)
    {
        (_graph, _blocks, _shape, _rows, _length) = (graph, blocks, shape, rows, length);
        int half = shape.HeadSize / 2;
        graph.Constant("cos", Twice(Shape.Rotary(length, shape.HeadSize, Math.Cos), half), 1, 1, length, shape.HeadSize);
        graph.Constant("sin", Twice(Shape.Rotary(length, shape.HeadSize, Math.Sin), half), 1, 1, length, shape.HeadSize);
    }

    private int Group => _shape.Heads / _shape.KvHeads;

    private float Scale => 1 / MathF.Sqrt(_shape.HeadSize);

    public AttentionState Forward(string x, string prefix)
    {
        int heads = _shape.Heads;
        string qkv = _blocks.Reshape(_blocks.Linear(x, prefix + "qkv"), _rows, _length, heads + (2 * _shape.KvHeads), _shape.HeadSize);
        string byHead = _blocks.Transpose(qkv, 0, 2, 1, 3);
        string turned = Rotate(Heads(byHead, 0, heads + _shape.KvHeads));
        string queries = Grouped(Heads(turned, 0, heads));
        string keys = Heads(turned, heads, heads + _shape.KvHeads);
        string values = Heads(byHead, heads + _shape.KvHeads, heads + (2 * _shape.KvHeads));

        string scores = _blocks.Product(queries, keys, transposeRight: true, alpha: Scale);
        string masked = _blocks.Add(_blocks.Reshape(scores, _rows, _shape.KvHeads, Group, _length, _length), "mask");
        string weights = _blocks.Reshape(
            _graph.Node("Softmax", [masked], ("axis", -1)), _rows, _shape.KvHeads, Group * _length, _length);
        string mixed = Flat(_blocks.Reshape(_blocks.Product(weights, values), _rows, heads, _length, _shape.HeadSize), heads);
        return new AttentionState(_blocks.Linear(mixed, prefix + "o"), x, queries, keys, values, weights, mixed);
    }

    /// <summary>With p the weights: dv = pᵀ dm; ds = p (dp − Σ dp p); dq = ds k, dk = dsᵀ q, both scaled and turned back.</summary>
    public string Back(AttentionState state, string prefix, string dy)
    {
        int heads = _shape.Heads;
        string dFlat = _blocks.LinearBack(state.Mixed, prefix + "o", dy);
        string dMixed = Grouped(_blocks.Transpose(_blocks.Reshape(dFlat, _rows, _length, heads, _shape.HeadSize), 0, 2, 1, 3));
        string dWeights = _blocks.Product(dMixed, state.Values, transposeRight: true);
        string dValues = _blocks.Product(state.Weights, dMixed, transposeLeft: true);
        string weighted = _blocks.Multiply(dWeights, state.Weights);
        string sum = _graph.Node("ReduceSum", [weighted, _graph.Integers(3)], ("keepdims", 1));
        string dScores = _graph.Node("Sub", [weighted, _blocks.Multiply(state.Weights, sum)]);
        string dQueries = _blocks.Reshape(
            _blocks.Product(dScores, state.Keys, alpha: Scale), _rows, heads, _length, _shape.HeadSize);
        string dKeys = _blocks.Product(dScores, state.Queries, transposeLeft: true, alpha: Scale);
        string dTurned = RotateBack(_graph.Node("Concat", [dQueries, dKeys], ("axis", 1)));
        string dQkv = Flat(_graph.Node("Concat", [dTurned, dValues], ("axis", 1)), heads + (2 * _shape.KvHeads));
        return _blocks.LinearBack(state.Input, prefix + "qkv", dQkv);
    }

    private string Heads(string x, int from, int to) => Slice(x, from, to, 1);

    private string Grouped(string x) => _blocks.Reshape(x, _rows, _shape.KvHeads, Group * _length, _shape.HeadSize);

    /// <summary>[rows, heads, length, size] to [rows · length, heads · size].</summary>
    private string Flat(string x, int heads) =>
        _blocks.Reshape(_blocks.Transpose(x, 0, 2, 1, 3), _rows * _length, heads * _shape.HeadSize);

    private string Rotate(string x) =>
        _blocks.Add(_blocks.Multiply(x, "cos"), _blocks.Multiply(Swap(x, negateFirst: true), "sin"));

    private string RotateBack(string x) =>
        _blocks.Add(_blocks.Multiply(x, "cos"), Swap(_blocks.Multiply(x, "sin"), negateFirst: false));

    /// <summary>(a, b) becomes (−b, a); with negateFirst false its transpose, (b, −a).</summary>
    private string Swap(string x, bool negateFirst)
    {
        int half = _shape.HeadSize / 2;
        string first = Slice(x, 0, half, 3);
        string second = Slice(x, half, _shape.HeadSize, 3);
        string[] swapped = negateFirst ? [_graph.Node("Neg", [second]), first] : [second, _graph.Node("Neg", [first])];
        return _graph.Node("Concat", swapped, ("axis", 3));
    }

    private string Slice(string x, int from, int to, int axis) =>
        _graph.Node("Slice", [x, _graph.Integers(from), _graph.Integers(to), _graph.Integers(axis)]);

    private static float[] Twice(float[] table, int half) => [.. table.Chunk(half).SelectMany(row => row.Concat(row))];
}

/// <summary>What the backward pass of attention needs.</summary>
internal sealed record AttentionState(
    string Output, string Input, string Queries, string Keys, string Values, string Weights, string Mixed);

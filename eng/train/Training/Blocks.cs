using CocoonP2P.Train.Onnx;

namespace CocoonP2P.Train.Training;

/// <summary>
/// The parts of the network, each with its backward formula. Forward methods return what backward needs; backward takes
/// the gradient of the output and returns that of the input, and declares the gradient of each weight as an output.
/// </summary>
internal sealed class Blocks(OnnxGraph graph)
{
    private readonly string _one = graph.Scalar(1);
    private readonly string _epsilon = graph.Scalar(Shape.Epsilon);

    public string Multiply(string left, string right) => graph.Node("Mul", [left, right]);

    public string Add(string left, string right) => graph.Node("Add", [left, right]);

    public string Reshape(string x, params long[] dimensions) => graph.Node("Reshape", [x, graph.Integers(dimensions)]);

    public string Transpose(string x, params long[] order) => graph.Node("Transpose", [x], ("perm", order));

    /// <summary>Matrix product, either side transposed, times a factor.</summary>
    public string Product(string left, string right, bool transposeLeft = false, bool transposeRight = false, float alpha = 1) =>
        graph.Contrib("FusedMatMul", [left, right], ("transA", transposeLeft ? 1 : 0), ("transB", transposeRight ? 1 : 0), ("alpha", alpha));

    /// <summary>Names a tensor as the gradient of a weight.</summary>
    public void Gradient(string weight, string value) => graph.Node("", "Identity", [value], [GradientOf(weight)]);

    public static string GradientOf(string weight) => "d_" + weight;

    /// <summary>y = x Wᵀ.</summary>
    public string Linear(string x, string weight) => Product(x, weight, transposeRight: true);

    /// <summary>dW = dyᵀ x; dx = dy W.</summary>
    public string LinearBack(string x, string weight, string dy)
    {
        Gradient(weight, Product(dy, x, transposeLeft: true));
        return Product(dy, weight);
    }

    /// <summary>y = x / √(mean x² + ε) · w.</summary>
    public NormState Norm(string x, string weight)
    {
        string mean = Mean(Multiply(x, x));
        string inverse = graph.Node("Reciprocal", [graph.Node("Sqrt", [Add(mean, _epsilon)])]);
        string scaled = Multiply(x, inverse);
        return new NormState(Multiply(scaled, weight), inverse, scaled);
    }

    /// <summary>With n the normalised x: dw = Σ dy n; dx = (dy w − n · mean(dy w n)) / √(…).</summary>
    public string NormBack(NormState state, string weight, string dy)
    {
        Gradient(weight, graph.Node("ReduceSum", [Multiply(dy, state.Scaled), graph.Integers(0)], ("keepdims", 0)));
        string inner = Multiply(dy, weight);
        string mean = Mean(Multiply(inner, state.Scaled));
        return Multiply(state.Inverse, graph.Node("Sub", [inner, Multiply(state.Scaled, mean)]));
    }

    /// <summary>y = Wd (silu(Wg x) · Wu x).</summary>
    public FeedForwardState FeedForward(string x, string prefix)
    {
        string gate = Linear(x, prefix + "gate");
        string up = Linear(x, prefix + "up");
        string sigmoid = graph.Node("Sigmoid", [gate]);
        string silu = Multiply(gate, sigmoid);
        string inner = Multiply(silu, up);
        return new FeedForwardState(Linear(inner, prefix + "down"), x, gate, up, sigmoid, silu, inner);
    }

    /// <summary>With σ the sigmoid of g: d silu(g) = σ (1 + g (1 − σ)).</summary>
    public string FeedForwardBack(FeedForwardState state, string prefix, string dy)
    {
        string dInner = LinearBack(state.Inner, prefix + "down", dy);
        string dUp = Multiply(dInner, state.Silu);
        string slope = Multiply(state.Sigmoid, Add(_one, Multiply(state.Gate, graph.Node("Sub", [_one, state.Sigmoid]))));
        string dGate = Multiply(Multiply(dInner, state.Up), slope);
        return Add(LinearBack(state.Input, prefix + "up", dUp), LinearBack(state.Input, prefix + "gate", dGate));
    }

    private string Mean(string x) => graph.Node("ReduceMean", [x, graph.Integers(1)], ("keepdims", 1));
}

/// <summary>What the backward pass of a norm needs.</summary>
internal sealed record NormState(string Output, string Inverse, string Scaled);

/// <summary>What the backward pass of a feed-forward block needs.</summary>
internal sealed record FeedForwardState(
    string Output, string Input, string Gate, string Up, string Sigmoid, string Silu, string Inner);

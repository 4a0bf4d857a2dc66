using System.Runtime.InteropServices;
using CocoonP2P.Train.Onnx;

namespace CocoonP2P.Train.Conversion;

/// <summary>
/// Turns a TensorFlow graph into an ONNX graph node by node, for the operators that the model at hand has. Integers become
/// 64 bits wide, as ONNX wants shapes and indices.
/// </summary>
internal sealed class TfConverter(TfModel model, OnnxGraph graph)
{
    private const long Far = 1L << 62;

    private readonly HashSet<string> _constants = new(StringComparer.Ordinal);

    public void Run()
    {
        foreach (TfNode node in model.Nodes.Where(n => n.Op is not ("Const" or "Placeholder")))
        {
            Convert(node, node.Inputs);
        }
    }

    private void Convert(TfNode node, string[] inputs)
    {
        switch (node.Op)
        {
            case "Less" or "Greater" or "Add" or "Mul" or "Sub" or "Shape" or "Sin" or "Cos" or "Tanh" or "Relu" or "Reshape" or "Range":
                Emit(node.Op, inputs, node);
                break;
            case "AddV2" or "BiasAdd":
                Emit("Add", inputs, node);
                break;
            case "LogicalNot":
                Emit("Not", inputs, node);
                break;
            case "RealDiv":
                Emit("Div", inputs, node);
                break;
            case "Maximum":
                Emit("Max", inputs, node);
                break;
            case "Softmax":
                Emit("Softmax", inputs, node, ("axis", -1));
                break;
            case "Square":
                Emit("Mul", [inputs[0], inputs[0]], node);
                break;
            case "Rsqrt":
                Emit("Reciprocal", [graph.Node("Sqrt", Named(inputs))], node);
                break;
            case "Cast":
                // DT_FLOAT; the integers; DT_BOOL does not come up.
                Emit("Cast", inputs, node, ("to", (int)(node.Number("DstT") == 1 ? ElementType.Float : ElementType.Int64)));
                break;
            case "MatMul" or "BatchMatMul":
                Multiply(node, inputs);
                break;
            case "Conv2D":
                Convolve(node, inputs);
                break;
            case "Max" or "Mean" or "Prod" or "Sum":
                Emit("Reduce" + node.Op, [inputs[0], graph.Integers(Integers(inputs[1]))], node, ("keepdims", (int)node.Number("keep_dims")));
                break;
            default:
                Move(node, inputs);
                break;
        }
    }

    // Operators that move elements and compute nothing.
    private void Move(TfNode node, string[] inputs)
    {
        switch (node.Op)
        {
            case "GatherNd":
                Emit("GatherND", inputs, node);
                break;
            case "GatherV2":
                Emit("Gather", inputs[..2], node, ("axis", (int)Integers(inputs[2])[0]));
                break;
            case "Transpose":
                Emit("Transpose", inputs[..1], node, ("perm", Integers(inputs[1])));
                break;
            case "ExpandDims":
                Emit("Unsqueeze", [inputs[0], graph.Integers(Integers(inputs[1])[0])], node);
                break;
            case "Squeeze":
                Emit("Squeeze", [inputs[0], graph.Integers(node.Numbers("squeeze_dims"))], node);
                break;
            case "Pack":
                string zero = graph.Integers(0);
                Emit("Concat", [.. inputs.Select(i => graph.Node("Unsqueeze", [Named(i), zero]))], node, ("axis", 0));
                break;
            case "ConcatV2":
                Emit("Concat", inputs[..^1], node, ("axis", (int)Integers(inputs[^1])[0]));
                break;
            case "Where":
                Emit("Transpose", [graph.Node("NonZero", Named(inputs))], node, ("perm", new long[] { 1, 0 }));
                break;
            case "ScatterNd":
                Emit("ScatterND", [graph.Node("ConstantOfShape", [Named(inputs[2])]), inputs[0], inputs[1]], node);
                break;
            case "SparseToDense":
                Emit("ScatterND", [graph.Node("Expand", [Named(inputs[3]), Named(inputs[1])]), inputs[0], inputs[2]], node);
                break;
            case "SplitV":
                long[] sizes = Integers(inputs[1]);
                string[] outputs = [node.Name, .. Enumerable.Range(1, sizes.Length - 1).Select(k => $"{node.Name}:{k}")];
                graph.Node("", "Split", [Named(inputs[0]), graph.Integers(sizes)], outputs, ("axis", (int)Integers(inputs[2])[0]));
                break;
            case "Slice":
                Emit("Slice", [inputs[0], inputs[1], graph.Node("Add", Named(inputs[1..3])), graph.Integers(0)], node);
                break;
            case "StridedSlice":
                SliceByStrides(node, inputs);
                break;
            default:
                throw new NotSupportedException($"{node.Name}: operator {node.Op}");
        }
    }

    private void Multiply(TfNode node, string[] inputs)
    {
        long[] swap = node.Op == "MatMul" ? [1, 0] : [0, 1, 3, 2];
        string Side(int i, string one, string other) =>
            node.Number(one) + node.Number(other) > 0 ? graph.Node("Transpose", [Named(inputs[i])], ("perm", swap)) : inputs[i];
        Emit("MatMul", [Side(0, "adj_x", "transpose_a"), Side(1, "adj_y", "transpose_b")], node);
    }

    // A kernel of one by one is a product of matrices.
    private void Convolve(TfNode node, string[] inputs)
    {
        TfTensor kernel = model.Weights[inputs[1]];
        if (kernel is not { Shape: [1, 1, long rows, long columns], Floats: { } values })
        {
            throw new NotSupportedException($"{node.Name}: a kernel that is not one by one");
        }

        Emit("MatMul", [inputs[0], graph.Constant(inputs[1] + "/matrix", values, rows, columns)], node);
    }

    private void SliceByStrides(TfNode node, string[] inputs)
    {
        long[] begin = Integers(inputs[1]), end = Integers(inputs[2]);
        long open = node.Number("begin_mask"), openEnd = node.Number("end_mask"), single = node.Number("shrink_axis_mask");
        List<long> dropped = [];
        for (int axis = 0; axis < begin.Length; axis++)
        {
            bool Set(long mask) => (mask >> axis & 1) != 0;
            begin[axis] = Set(open) ? 0 : begin[axis];
            end[axis] = Set(openEnd) ? Far : end[axis];
            if (Set(single))
            {
                end[axis] = begin[axis] == -1 ? Far : begin[axis] + 1;
                dropped.Add(axis);
            }
        }

        string[] slice =
        [
            inputs[0], graph.Integers(begin), graph.Integers(end), graph.Integers([.. Enumerable.Range(0, begin.Length).Select(a => (long)a)]),
            graph.Integers(Integers(inputs[3])),
        ];
        if (dropped.Count == 0)
        {
            Emit("Slice", slice, node);
        }
        else
        {
            Emit("Squeeze", [graph.Node("Slice", Named(slice)), graph.Integers([.. dropped])], node);
        }
    }

    private void Emit(string op, string[] inputs, TfNode node, params (string Name, object Value)[] attributes) =>
        graph.Node("", op, Named(inputs), [node.Name], attributes);

    private long[] Integers(string input) => [.. model.Weights[input].Integers!];

    private string[] Named(string[] inputs) => [.. inputs.Select(Named)];

    // A constant goes into the graph when it is first used.
    private string Named(string input)
    {
        if (model.Weights.TryGetValue(input, out TfTensor? tensor) && _constants.Add(input))
        {
            _ = tensor.Floats is { } floats
                ? graph.Constant(input, floats, tensor.Shape)
                : graph.Constant(input, ElementType.Int64, MemoryMarshal.AsBytes<long>(tensor.Integers), tensor.Shape);
        }

        return input;
    }
}

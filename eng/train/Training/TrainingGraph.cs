using CocoonP2P.Train.Onnx;

namespace CocoonP2P.Train.Training;

/// <summary>
/// One step, forward and backward, as one graph. Inputs: ids, targets and weights of the loss, each [rows · length]; the
/// mask; every weight. Outputs: loss (already weighted), d_NAME for every weight, and d_input [rows · length, width], which is
/// to be added to the embedding's gradient row by row.
/// </summary>
internal static class TrainingGraph
{
    public static byte[] Build(Shape shape, int rows, int length)
    {
        OnnxGraph graph = new("train");
        int tokens = rows * length;
        graph.Input("ids", ElementType.Int64, tokens);
        graph.Input("targets", ElementType.Int64, tokens);
        graph.Input("loss_weights", ElementType.Float, tokens);
        graph.Input("mask", ElementType.Float, rows, 1, 1, length, length);
        foreach ((string name, long[] dimensions) in shape.Weights())
        {
            graph.Input(name, ElementType.Float, [.. dimensions.Cast<object>()]);
            graph.Output(Blocks.GradientOf(name), ElementType.Float, [.. dimensions.Cast<object>()]);
        }

        Blocks blocks = new(graph);
        AttentionBlock attention = new(graph, blocks, shape, rows, length);
        string x = graph.Node("Gather", ["embed", "ids"], ("axis", 0));
        Stack<LayerState> layers = [];
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            NormState inNorm = blocks.Norm(x, $"l{layer}.in_norm");
            AttentionState attended = attention.Forward(inNorm.Output, $"l{layer}.");
            x = blocks.Add(x, attended.Output);
            NormState postNorm = blocks.Norm(x, $"l{layer}.post_norm");
            FeedForwardState fed = blocks.FeedForward(postNorm.Output, $"l{layer}.");
            x = blocks.Add(x, fed.Output);
            layers.Push(new LayerState(layer, inNorm, attended, postNorm, fed));
        }

        string dx = Loss(graph, blocks, x, shape.Vocabulary, tokens);
        foreach (LayerState layer in layers)
        {
            string prefix = $"l{layer.Index}.";
            string dFed = blocks.FeedForwardBack(layer.Fed, prefix, dx);
            dx = blocks.Add(dx, blocks.NormBack(layer.PostNorm, prefix + "post_norm", dFed));
            string dAttended = attention.Back(layer.Attended, prefix, dx);
            dx = blocks.Add(dx, blocks.NormBack(layer.InNorm, prefix + "in_norm", dAttended));
        }

        graph.Node("", "Identity", [dx], ["d_input"]);
        graph.Output("loss", ElementType.Float);
        graph.Output("d_input", ElementType.Float, tokens, shape.Width);
        return graph.Build();
    }

    /// <summary>Cross entropy over the tied head; returns the gradient of the last layer's output.</summary>
    private static string Loss(OnnxGraph graph, Blocks blocks, string x, int vocabulary, int tokens)
    {
        NormState norm = blocks.Norm(x, "norm");
        string logits = blocks.Linear(norm.Output, "embed");
        string logProbabilities = graph.Node("LogSoftmax", [logits], ("axis", -1));
        string range = graph.Constant("zero_one", [0f, 1f], 2);
        string oneHot = graph.Node("OneHot", ["targets", graph.Integers(vocabulary), range], ("axis", -1));
        string weights = blocks.Reshape("loss_weights", tokens, 1);
        string weighted = blocks.Multiply(oneHot, weights);
        string sum = graph.Node("ReduceSum", [blocks.Multiply(logProbabilities, weighted)], ("keepdims", 0));
        graph.Node("", "Neg", [sum], ["loss"]);

        string probabilities = blocks.Multiply(graph.Node("Exp", [logProbabilities]), weights);
        string dLogits = graph.Node("Sub", [probabilities, weighted]);
        return blocks.NormBack(norm, "norm", blocks.LinearBack(norm.Output, "embed", dLogits));
    }

    private sealed record LayerState(
        int Index, NormState InNorm, AttentionState Attended, NormState PostNorm, FeedForwardState Fed);
}

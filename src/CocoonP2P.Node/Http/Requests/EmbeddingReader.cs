using CocoonP2P.Jobs;

namespace CocoonP2P.Node.Http.Requests;

/// <summary>Reads a POST to /v1/embeddings: one or more inputs, each a text or token ids.</summary>
internal static class EmbeddingReader
{
    private const int MostInputs = 2048;
    private const int MostDimensions = 64 * 1024;

    /// <exception cref="BadFieldException">Naming the field.</exception>
    public static EmbeddingRequest Read(Field body, OrderTerms terms)
    {
        string model = "";
        IReadOnlyList<EmbeddingInput> inputs = [];
        bool base64 = false;
        int? dimensions = null;
        foreach (Member member in body.Members())
        {
            switch (member.Name)
            {
                case "model": model = member.Field.Text(256); break;
                case "input": inputs = Inputs(member.Field); break;
                case "encoding_format": base64 = member.Field.Word("float", "base64") == "base64"; break;
                case "dimensions": dimensions = member.Field.Whole(1, MostDimensions); break;
                // Who asks is nobody else's business: it never leaves this node.
                case "user": member.Field.Text(); break;
                default: throw member.Unknown();
            }
        }

        return model.Length == 0 ? throw new BadFieldException("model", "name one of /v1/models")
            : inputs.Count == 0 ? throw new BadFieldException("input", "send a text, token ids, or a list of these")
            : new EmbeddingRequest(new EmbeddingOrder(model, inputs) { Terms = terms }, base64, dimensions);
    }

    private static List<EmbeddingInput> Inputs(Field input) =>
        input.IsList && !TokenIds.Are(input) ? [.. input.Items(MostInputs).Select(One)] : [One(input)];

    private static EmbeddingInput One(Field input) =>
        TokenIds.Are(input) ? new EmbeddingInput(null, TokenIds.Read(input))
        : input.Text() is { Length: > 0 } text ? new EmbeddingInput(text, default)
        : throw input.Bad("send a text that is not empty");
}

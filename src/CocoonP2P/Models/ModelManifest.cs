namespace CocoonP2P.Models;

/// <summary>A model in words: what its files are, what its graph may hold, what a job may ask. docs/protocol/inference.md.</summary>
/// <param name="Id">SHA-256 of <paramref name="Canonical"/>, 32 bytes: the model's identity.</param>
/// <param name="Canonical">The manifest's bytes in canonical form.</param>
/// <param name="Name">1 to 64 of a-z, 0-9, '.', '_', '-'.</param>
/// <param name="Kind">The graph contract.</param>
/// <param name="Files">1 to 16, no path twice.</param>
/// <param name="Operators">Every operator that the graph may use.</param>
/// <param name="Limits">What a job may ask.</param>
/// <param name="Shape">Shapes of the graph, of the sort that its contract has.</param>
internal sealed record ModelManifest(
    ReadOnlyMemory<byte> Id,
    ReadOnlyMemory<byte> Canonical,
    string Name,
    string Kind,
    IReadOnlyList<ModelFile> Files,
    IReadOnlySet<string> Operators,
    ModelLimits Limits,
    ModelShape Shape)
{
    /// <summary>The contract of a model that generates.</summary>
    public const string LlmKind = "cocoon-llm/1";

    /// <summary>The contract of a model that embeds.</summary>
    public const string EmbedKind = "cocoon-embed/1";

    /// <summary>Shapes of a model that generates.</summary>
    public LlmShape Llm => Shape as LlmShape ?? throw new InvariantViolatedException("a generating model has its shape");

    /// <summary>Shapes of a model that embeds.</summary>
    public EmbedShape Embed => Shape as EmbedShape ?? throw new InvariantViolatedException("an embedding model has its shape");

    /// <summary>Name and the first half of the id, as logs and status show it.</summary>
    public override string ToString() => $"{Name}@{Convert.ToHexStringLower(Id.Span[..16])}";

    public ModelFile File(string role) => Files.Single(f => f.Role == role);
}

/// <summary>One file of a model.</summary>
/// <param name="Path">A bare file name: no folder, no separator.</param>
/// <param name="Role">"graph", "weights", "tokenizer" or "template".</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Of the whole file, 32 bytes.</param>
/// <param name="Verity">Root of its hash tree, 32 bytes.</param>
internal sealed record ModelFile(string Path, string Role, long Size, ReadOnlyMemory<byte> Sha256, ReadOnlyMemory<byte> Verity)
{
    public const string Graph = "graph";
    public const string Weights = "weights";
    public const string Tokenizer = "tokenizer";
    public const string Template = "template";

    /// <summary>Bytes that a file of this role may have: a graph without its weights, a large vocabulary, a long template.</summary>
    public static long MaxSize(string role) => role switch
    {
        Graph => 64L << 20,
        Weights => 64L << 30,
        Tokenizer => 64L << 20,
        _ => 256L << 10,
    };
}

/// <summary>What a job may ask of a model.</summary>
/// <param name="ContextTokens">Most tokens of prompt and answer together, 64 to 1 Mi.</param>
/// <param name="MaxTokens">Most tokens of one answer, 1 to the context; 0 for a model that embeds.</param>
internal sealed record ModelLimits(int ContextTokens, int MaxTokens);

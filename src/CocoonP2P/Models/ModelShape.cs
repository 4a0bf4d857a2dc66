namespace CocoonP2P.Models;

/// <summary>The shapes of a graph.</summary>
/// <param name="Vocabulary">Ids are below this; 2 to 1 Mi.</param>
internal abstract record ModelShape(int Vocabulary);

/// <summary>The shapes of a cocoon-llm/1 graph.</summary>
/// <param name="Layers">1 to 512.</param>
/// <param name="KvHeads">1 to 256.</param>
/// <param name="HeadDim">8 to 512.</param>
/// <param name="Kv">Element of the key and value cache.</param>
/// <param name="Vocabulary">2 to 1 Mi.</param>
/// <param name="EndTokens">Ids that end an answer, 1 to 16, each below the vocabulary.</param>
internal sealed record LlmShape(int Layers, int KvHeads, int HeadDim, KvElement Kv, int Vocabulary, IReadOnlyList<int> EndTokens)
    : ModelShape(Vocabulary)
{
    public int ElementBytes => Kv == KvElement.Float32 ? 4 : 2;

    /// <summary>Bytes of keys and values that one token takes, over all layers.</summary>
    public long KvBytesPerToken => 2L * Layers * KvHeads * HeadDim * ElementBytes;
}

/// <summary>Element of the key and value cache.</summary>
internal enum KvElement
{
    Float32,
    Float16,
}

/// <summary>The shapes of a cocoon-embed/1 graph.</summary>
/// <param name="Dimensions">Numbers of a vector, 1 to 65,536.</param>
/// <param name="Vocabulary">2 to 1 Mi.</param>
internal sealed record EmbedShape(int Dimensions, int Vocabulary) : ModelShape(Vocabulary);

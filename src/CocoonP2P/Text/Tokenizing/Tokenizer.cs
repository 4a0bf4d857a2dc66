using System.Buffers;
using System.Text;

namespace CocoonP2P.Text.Tokenizing;

/// <summary>Text to token ids and back. Immutable, safe to use from many threads.</summary>
internal sealed class Tokenizer
{
    private readonly ITokenModel _model;
    private readonly ISplitter[] _splitters;
    private readonly AddedTokens _added;
    private readonly Dictionary<string, int>? _wholePieces;
    private readonly byte[]?[] _bytes;

    internal Tokenizer(TokenizerParts parts)
    {
        _model = parts.Model;
        _splitters = parts.Splitters;
        _added = new AddedTokens(parts.Added);
        _wholePieces = parts.WholePieces;
        _bytes = parts.Bytes;
        IsLossy = parts.IsLossy;
    }

    /// <summary>One more than the largest id.</summary>
    public int VocabularySize => _bytes.Length;

    /// <summary>Whether some byte has no token, so that decoding an encoded text may lose characters.</summary>
    public bool IsLossy { get; }

    /// <summary>Tokenizes; special tokens match where the template wrote them.</summary>
    public int[] Encode(MarkedText text)
    {
        List<int> ids = new(text.Text.Length / 3 + 4);
        int position = 0;
        while (_added.TryFind(text, position, out AddedToken token, out Range range))
        {
            EncodeBetween(text.Text.AsSpan(position, range.Start.Value - position), ids, 0);
            ids.Add(token.Id);
            position = range.End.Value;
        }

        EncodeBetween(text.Text.AsSpan(position), ids, 0);
        return [.. ids];
    }

    /// <summary>What a token adds to the answer: nothing for a special one, or for an id that does not exist.</summary>
    public ReadOnlySpan<byte> BytesOf(int id) => id >= 0 && id < _bytes.Length ? _bytes[id] : [];

    private void EncodeBetween(ReadOnlySpan<char> text, List<int> ids, int splitter)
    {
        if (splitter == _splitters.Length)
        {
            EncodePiece(text, ids);
            return;
        }

        while (!text.IsEmpty)
        {
            int length = _splitters[splitter].FirstPiece(text);
            EncodeBetween(text[..length], ids, splitter + 1);
            text = text[length..];
        }
    }

    private void EncodePiece(ReadOnlySpan<char> piece, List<int> ids)
    {
        if (piece.IsEmpty)
        {
            return;
        }

        byte[] utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(piece.Length));
        int length = Encoding.UTF8.GetBytes(piece, utf8);
        if (!TryWhole(utf8.AsSpan(0, length), ids))
        {
            _model.Encode(utf8.AsSpan(0, length), ids);
        }

        utf8.AsSpan(0, length).Clear();
        ArrayPool<byte>.Shared.Return(utf8);
    }

    private bool TryWhole(ReadOnlySpan<byte> piece, List<int> ids)
    {
        if (_wholePieces is null || piece.Length > TokenizerLimits.TokenBytes)
        {
            return false;
        }

        Span<char> word = stackalloc char[piece.Length];
        for (int i = 0; i < piece.Length; i++)
        {
            word[i] = ByteAlphabet.ToChar(piece[i]);
        }

        if (!_wholePieces.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out int id))
        {
            return false;
        }

        ids.Add(id);
        return true;
    }
}

/// <summary>What a tokenizer.json was read into.</summary>
/// <param name="Model">Merges or pieces.</param>
/// <param name="Splitters">The pre-tokenizers, applied one inside the other.</param>
/// <param name="Added">Tokens that are matched whole.</param>
/// <param name="WholePieces">With ignore_merges, the vocabulary: a piece that is a token is not taken apart.</param>
/// <param name="Bytes">What each id decodes to; null where no token has the id, empty for a special one.</param>
/// <param name="IsLossy">Whether a byte has no token.</param>
internal sealed record TokenizerParts(
    ITokenModel Model,
    ISplitter[] Splitters,
    IReadOnlyList<AddedToken> Added,
    Dictionary<string, int>? WholePieces,
    byte[]?[] Bytes,
    bool IsLossy);

/// <summary>The bounds of a tokenizer.json, which comes from whoever published the model.</summary>
internal static class TokenizerLimits
{
    /// <summary>The largest published files are under 40 MB.</summary>
    public const int JsonBytes = 64 * 1024 * 1024;

    /// <summary>Twice the largest vocabulary in use, 256 k.</summary>
    public const int Tokens = 512 * 1024;

    /// <summary>The longest token in use is 256 spaces, doubled twice.</summary>
    public const int TokenBytes = 1024;

    /// <summary>Llama 3 adds 256, Gemma 3 adds 6,400.</summary>
    public const int AddedTokens = 8 * 1024;

    /// <summary>Objects within objects: the deepest in use is 6.</summary>
    public const int Depth = 16;

    /// <summary>Pre-tokenizers one inside the other: the longest list in use has 3.</summary>
    public const int Splitters = 8;
}

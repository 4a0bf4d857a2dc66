using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton;

/// <summary>A dictionary that lives in cells (<c>Hashmap n X</c> of block.tlb): entries in the order of their keys' bits,
/// and one root cell for one content, whatever the order of changes.</summary>
/// <typeparam name="TKey">The keys' type.</typeparam>
/// <typeparam name="TValue">The values' type.</typeparam>
public sealed class HashmapE<TKey, TValue>(HashmapOptions<TKey, TValue> options)
{
    /// <summary>The most entries that are read, unless the caller says otherwise. A few shared cells can spell
    /// out any number of entries, so the count must have a limit of its own.</summary>
    public const int DefaultMaxEntries = 65_536;

    private readonly SortedDictionary<byte[], KeyValuePair<TKey, TValue>> entries = new(BitOrder.Instance);

    /// <summary>How many entries there are.</summary>
    public int Count => entries.Count;

    /// <summary>The entries in the order of their keys' bits.</summary>
    public IReadOnlyCollection<KeyValuePair<TKey, TValue>> Entries => entries.Values;

    /// <summary>Adds an entry or replaces its value.</summary>
    public void Set(TKey key, TValue value) => entries[Bits(key)] = new KeyValuePair<TKey, TValue>(key, value);

    /// <summary>Removes an entry; false where there is none.</summary>
    public bool Remove(TKey key) => entries.Remove(Bits(key));

    /// <summary>Finds a value.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        bool found = entries.TryGetValue(Bits(key), out KeyValuePair<TKey, TValue> entry);
        value = entry.Value;
        return found;
    }

    /// <summary>The root cell, null for an empty dictionary.</summary>
    public Cell? ToCell()
    {
        var leaves = new List<HashmapLeaf>(entries.Count);
        foreach ((byte[] bits, KeyValuePair<TKey, TValue> entry) in entries)
        {
            var value = new CellBuilder();
            options.StoreValue(value, entry.Value);
            leaves.Add(new HashmapLeaf(bits, value));
        }

        return HashmapWriter.Write(leaves, options.KeyBits);
    }

    /// <summary>Reads all entries; null is the empty dictionary. False where labels, forks or values are malformed,
    /// where there are more than <paramref name="maxEntries"/>, or where a part was pruned.</summary>
    public static bool TryParse(
        Cell? root,
        HashmapOptions<TKey, TValue> options,
        [NotNullWhen(true)] out HashmapE<TKey, TValue>? dictionary,
        int maxEntries = DefaultMaxEntries) => TryParse(root, options, maxEntries, out dictionary, out _);

    /// <summary>Reads all entries, or throws <see cref="TonFormatException"/>.</summary>
    public static HashmapE<TKey, TValue> Parse(Cell? root, HashmapOptions<TKey, TValue> options, int maxEntries = DefaultMaxEntries) =>
        TryParse(root, options, maxEntries, out HashmapE<TKey, TValue>? dictionary, out string? code)
            ? dictionary
            : throw new TonFormatException(code);

    /// <summary>Follows one key down and reads nothing else: for a large dictionary, or one that is pruned elsewhere.</summary>
    public static bool TryFind(Cell? root, HashmapOptions<TKey, TValue> options, TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        ArgumentNullException.ThrowIfNull(options);
        value = default;
        byte[] bits = KeyBitsOf(options, key);
        if (!HashmapReader.TryFind(root, bits, options.KeyBits, out CellSlice? slice))
        {
            return false;
        }

        try
        {
            value = options.LoadValue(slice);
            return slice.IsEmpty;
        }
        catch (TonFormatException)
        {
            return false;
        }
    }

    private static bool TryParse(
        Cell? root,
        HashmapOptions<TKey, TValue> options,
        int maxEntries,
        [NotNullWhen(true)] out HashmapE<TKey, TValue>? dictionary,
        [NotNullWhen(false)] out string? code)
    {
        ArgumentNullException.ThrowIfNull(options);
        dictionary = null;
        if (!HashmapReader.TryRead(root, options.KeyBits, maxEntries, out List<(byte[] Key, CellSlice Value)> leaves, out code))
        {
            return false;
        }

        var parsed = new HashmapE<TKey, TValue>(options);
        try
        {
            foreach ((byte[] bits, CellSlice slice) in leaves)
            {
                TKey key = options.LoadKey(new CellBuilder().StoreBits(bits, options.KeyBits).EndCell().BeginParse());
                TValue value = options.LoadValue(slice);
                slice.EndParse();
                parsed.entries[bits] = new KeyValuePair<TKey, TValue>(key, value);
            }
        }
        catch (TonFormatException e)
        {
            code = e.Code;
            return false;
        }

        dictionary = parsed;
        return true;
    }

    private static byte[] KeyBitsOf(HashmapOptions<TKey, TValue> options, TKey key)
    {
        var builder = new CellBuilder();
        options.StoreKey(builder, key);
        return builder.BitLength == options.KeyBits
            ? builder.EndCell().Bits.ToArray()
            : throw new TonFormatException(FormatCode.Range);
    }

    private byte[] Bits(TKey key) => KeyBitsOf(options, key);

    private sealed class BitOrder : IComparer<byte[]>
    {
        public static readonly BitOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}

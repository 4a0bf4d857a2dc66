namespace CocoonP2P.Ton;

/// <summary>How keys and values of a dictionary stand in cells. Loaders may throw <see cref="TonFormatException"/>, by the
/// <c>Load…</c> forms of <see cref="CellSlice"/>, and nothing else.</summary>
/// <typeparam name="TKey">The keys' type.</typeparam>
/// <typeparam name="TValue">The values' type.</typeparam>
/// <param name="KeyBits">The width of every key, 1 to 1,023 bits.</param>
/// <param name="StoreKey">Writes a key of exactly that width.</param>
/// <param name="LoadKey">Reads it.</param>
/// <param name="StoreValue">Writes a value behind the label of its leaf.</param>
/// <param name="LoadValue">Reads all of a value; what it leaves unread is refused.</param>
public sealed record HashmapOptions<TKey, TValue>(
    int KeyBits,
    Action<CellBuilder, TKey> StoreKey,
    Func<CellSlice, TKey> LoadKey,
    Action<CellBuilder, TValue> StoreValue,
    Func<CellSlice, TValue> LoadValue);

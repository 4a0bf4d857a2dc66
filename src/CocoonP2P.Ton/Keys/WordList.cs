using System.Collections.Frozen;

namespace CocoonP2P.Ton;

/// <summary>The 2,048 English words of BIP-39, which TON shares; see NOTICE beside the file.</summary>
internal static class WordList
{
    public const int Count = 2_048;

    public static readonly string[] Words = Read();
    private static readonly FrozenSet<string> Known = Words.ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string word) => Known.Contains(word);

    private static string[] Read()
    {
        using Stream stream = typeof(WordList).Assembly.GetManifestResourceStream("english.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

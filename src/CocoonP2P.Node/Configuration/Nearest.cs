namespace CocoonP2P.Node.Configuration;

/// <summary>The name that a mistyped one most likely meant.</summary>
internal static class Nearest
{
    public static string To(string typed, IEnumerable<string> names) => names.MinBy(name => Distance(typed, name)) ?? "";

    /// <summary>Levenshtein: insertions, deletions and replacements.</summary>
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}

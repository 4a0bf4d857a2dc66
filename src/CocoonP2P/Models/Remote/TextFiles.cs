namespace CocoonP2P.Models;

/// <summary>Which file of a manifest each one is.</summary>
internal static class TextFiles
{
    /// <summary>The files beside the manifest itself.</summary>
    public static readonly IReadOnlyList<TextFile> Named = [TextFile.Tokenizer, TextFile.Template];

    /// <summary>As the manifest calls it.</summary>
    public static string Role(this TextFile file) => file == TextFile.Tokenizer ? ModelFile.Tokenizer : ModelFile.Template;
}

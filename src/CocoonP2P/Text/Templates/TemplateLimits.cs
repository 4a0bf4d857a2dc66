namespace CocoonP2P.Text.Templates;

/// <summary>What a chat template, which comes from whoever published the model, may use up.</summary>
internal static class TemplateLimits
{
    /// <summary>Characters of source: the longest in use has 20 k.</summary>
    public const int Source = 256 * 1024;

    /// <summary>Expressions evaluated and statements run; long texts count one for each 64 characters touched.</summary>
    public const int Steps = 2_000_000;

    /// <summary>Characters of output, and of any text on the way there: a context of 1 M tokens.</summary>
    public const int Output = 4 * 1024 * 1024;

    /// <summary>Nested expressions and blocks, and macros that call each other.</summary>
    public const int Depth = 64;

    /// <summary>Entries of one list.</summary>
    public const int Items = 64 * 1024;
}

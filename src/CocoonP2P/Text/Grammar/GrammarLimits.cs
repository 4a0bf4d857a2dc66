namespace CocoonP2P.Text.Grammar;

/// <summary>The bounds of a grammar, which comes from a stranger: on the client from its user, on a worker from its client.</summary>
internal static class GrammarLimits
{
    /// <summary>The longest schema that real programs send is under 20 KiB; three times that.</summary>
    public const int SchemaBytes = 64 * 1024;

    /// <summary>Objects and lists of the schema's own text, one in the other.</summary>
    public const int SchemaDepth = 64;

    /// <summary>Objects and lists of an answer, one in the other; a schema may refer to itself, an answer must end.</summary>
    public const int Nesting = 32;

    /// <summary>States of the automaton: strings and lists with a length are spelled out. 16 bytes each.</summary>
    public const int States = 64 * 1024;

    /// <summary>Edges of the automaton, four for each state; 12 bytes each.</summary>
    public const int Edges = 256 * 1024;

    /// <summary>Values of one enum.</summary>
    public const int EnumValues = 1024;

    /// <summary>Branches of one anyOf or oneOf.</summary>
    public const int Branches = 64;

    /// <summary>Ways to read what was said so far. Beyond this the last are given up, which forbids some answers and breaks none.</summary>
    public const int Readings = 512;

    /// <summary>Sets of readings that one job remembers, with 256 transitions of 4 bytes each; then it starts to learn them again.</summary>
    public const int RememberedStates = 2048;

    /// <summary>Masks that one job remembers, in bytes together.</summary>
    public const int RememberedMaskBytes = 2 * 1024 * 1024;

    /// <summary>Tools that one request offers.</summary>
    public const int Tools = 128;

    /// <summary>Calls in one answer.</summary>
    public const int ToolCalls = 16;
}

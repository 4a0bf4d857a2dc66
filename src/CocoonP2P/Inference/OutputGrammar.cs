namespace CocoonP2P.Inference;

/// <summary>What an answer must match, byte by byte; docs/protocol/inference.md, "Grammar".</summary>
/// <param name="Kind">How to read the schema.</param>
/// <param name="Schema">JSON of at most 64 KiB; "" for <see cref="GrammarKind.JsonObject"/>.</param>
internal sealed record OutputGrammar(GrammarKind Kind, string Schema);

/// <summary>Sorts of grammar.</summary>
internal enum GrammarKind
{
    /// <summary>Any one JSON object.</summary>
    JsonObject,

    /// <summary>A JSON value that the schema allows.</summary>
    JsonSchema,

    /// <summary>
    /// Tool calls: Schema is {"mode":"auto"|"required","parallel":true|false,"tools":[{"name":…,"parameters":schema}]}. Auto
    /// also allows any text that does not begin as a call.
    /// </summary>
    Tools,
}

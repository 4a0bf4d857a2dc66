namespace CocoonP2P.Node.Http.Requests;

/// <summary>A request that cannot be taken as it is: the answer is 400 and names the field, as OpenAI's <c>param</c>.</summary>
/// <param name="field">Path of the field, such as "messages[2].role"; or a header's name; or "the body".</param>
/// <param name="hint">What to send instead. Never a value of the request.</param>
internal sealed class BadFieldException(string field, string hint) : Exception($"{field}: not accepted")
{
    /// <summary>Path of the field.</summary>
    public string Field { get; } = field;

    /// <summary>What to send instead.</summary>
    public string Hint { get; } = hint;
}

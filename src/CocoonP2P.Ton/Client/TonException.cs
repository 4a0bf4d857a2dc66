namespace CocoonP2P.Ton;

/// <summary>Why an endpoint gave no usable answer. Callers branch on <see cref="IsTransient"/>, tests on <see cref="Code"/>;
/// the message is for a person.</summary>
public sealed class TonException : Exception
{
    internal TonException(string code, bool isTransient, string detail, Exception? inner = null)
        : base($"{code}: {detail}", inner)
    {
        Code = code;
        IsTransient = isTransient;
    }

    /// <summary>Stable and in kebab case: <c>rate-limited</c>, <c>unavailable</c>, <c>deadline</c>, <c>circuit-open</c>,
    /// <c>message-refused</c>, <c>request-refused</c>, <c>answer-too-large</c>, <c>answer-malformed</c>.</summary>
    public string Code { get; }

    /// <summary>Whether the same request may succeed later, or at another endpoint.</summary>
    public bool IsTransient { get; }
}

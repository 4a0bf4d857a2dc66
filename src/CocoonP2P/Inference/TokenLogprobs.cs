namespace CocoonP2P.Inference;

/// <summary>How likely a token was, of the raw distribution: before grammar, bias, penalties and temperature.</summary>
/// <param name="Logprob">Natural logarithm of the chosen token's probability, at most 0.</param>
/// <param name="Top">The likeliest tokens, most likely first, as many as the job asked for.</param>
internal sealed record TokenLogprobs(float Logprob, IReadOnlyList<TokenAlternative> Top);

/// <summary>One of the likeliest tokens at a position.</summary>
/// <param name="TokenId">Below the vocabulary.</param>
/// <param name="Logprob">Natural logarithm of its probability.</param>
internal readonly record struct TokenAlternative(int TokenId, float Logprob);

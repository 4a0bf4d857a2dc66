namespace CocoonP2P.Inference;

/// <summary>A change of one token's logit.</summary>
/// <param name="TokenId">Below the vocabulary.</param>
/// <param name="Bias">−100 to 100.</param>
internal readonly record struct LogitBias(int TokenId, float Bias);

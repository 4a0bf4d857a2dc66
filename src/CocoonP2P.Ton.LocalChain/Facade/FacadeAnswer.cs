namespace CocoonP2P.Ton.LocalChain;

/// <summary>What the façade answers.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Json">The body, application/json.</param>
public readonly record struct FacadeAnswer(int Status, ReadOnlyMemory<byte> Json);

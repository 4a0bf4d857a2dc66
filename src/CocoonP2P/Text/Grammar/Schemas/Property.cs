namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>A property of an object.</summary>
/// <param name="Name">As JSON, quotes included.</param>
/// <param name="Value">The rule of its value.</param>
/// <param name="IsRequired">Whether it may not be left out.</param>
internal sealed record Property(byte[] Name, int Value, bool IsRequired);

namespace CocoonP2P.Models;

/// <summary>Client: the next piece of a model's text side, please. docs/protocol/session.md §9.</summary>
/// <param name="Model">Id, 32 bytes.</param>
/// <param name="File">Which of its files.</param>
/// <param name="Offset">Bytes that the client has.</param>
internal sealed record TextWanted(byte[] Model, TextFile File, uint Offset);

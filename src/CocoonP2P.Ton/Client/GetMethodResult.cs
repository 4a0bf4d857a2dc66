namespace CocoonP2P.Ton;

/// <summary>What a get-method answered.</summary>
/// <param name="ExitCode">0 or 1 for success.</param>
/// <param name="GasUsed">In gas units; nobody pays for it.</param>
/// <param name="Stack">The values, bottom first. An endpoint shows a slice as the cell of the same bits.</param>
public sealed record GetMethodResult(int ExitCode, long GasUsed, IReadOnlyList<TupleItem> Stack);

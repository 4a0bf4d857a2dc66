using CocoonP2P.Ton.LocalChain.Ledger;

namespace CocoonP2P.Ton.LocalChain;

/// <summary>Whether the chain took an external message.</summary>
/// <param name="Accepted">It waits for a block. That its transaction succeeds is not promised.</param>
/// <param name="ExitCode">Why the account refused it, when its code ran.</param>
/// <param name="Error">In words; empty when accepted.</param>
internal readonly record struct SendOutcome(bool Accepted, int? ExitCode, string Error);

/// <summary>What a get-method answered.</summary>
/// <param name="ExitCode">0 or 1 is success; −256 an account without code, as nodes report it.</param>
/// <param name="GasUsed">In units of gas.</param>
/// <param name="Stack">The results as a stack; null without code.</param>
internal readonly record struct MethodOutcome(int ExitCode, long GasUsed, Cell? Stack);

/// <summary>The chain at one moment; taking it and going back to it cost nothing.</summary>
internal sealed record ChainSnapshot(ChainState State, ChainClock Clock, DateTimeOffset Newest);

using CsCheck;

namespace CocoonP2P.Tests.Ton.LocalChain;

internal enum OpKind
{
    TopUp,
    Settle,
    StartClose,
    StartCloseWithState,
    Challenge,
    Resolve,
    Finish,
    CoopClose,
    Gift,
    Junk,
    Wait,
    Prices,
}

/// <summary>One random move. Numbers are proportions, so that a move means something in any state.</summary>
/// <param name="Kind">What is sent, or what happens to the chain.</param>
/// <param name="Party">0 client, 1 worker, 2 a stranger.</param>
/// <param name="SeqStep">Above the newest state's number, 0 to 2.</param>
/// <param name="Percent">Of the deposit, of a lock's rest, or of something else that has a most; up to 110.</param>
/// <param name="Signers">Who signs: 0 to 7 both as they should, 8 the client twice, 9 the worker twice.</param>
/// <param name="Locks">How many open locks a state has, 0 to 3; the second has no key, the third expires soon.</param>
/// <param name="Job">Which lock a receipt is for, 1 to 4.</param>
/// <param name="Generous">Whether the value attached is enough for certain.</param>
internal sealed record ChannelOp(OpKind Kind, int Party, int SeqStep, int Percent, int Signers, int Locks, int Job, bool Generous)
{
    // Disputes are what needs many tries; endings come last on their own.
    private static readonly OpKind[] Kinds =
    [
        OpKind.TopUp, OpKind.TopUp, OpKind.Settle, OpKind.Settle, OpKind.Settle, OpKind.StartClose, OpKind.StartCloseWithState,
        OpKind.Challenge, OpKind.Challenge, OpKind.Challenge, OpKind.Challenge, OpKind.Resolve, OpKind.Resolve, OpKind.Resolve,
        OpKind.Resolve, OpKind.Resolve, OpKind.Finish, OpKind.CoopClose, OpKind.Gift, OpKind.Junk, OpKind.Wait, OpKind.Wait,
        OpKind.Prices,
    ];

    public static readonly Gen<ChannelOp> Any = Gen.Select(
        Gen.Int[0, Kinds.Length - 1], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 110], Gen.Int[0, 9], Gen.Int[0, 3], Gen.Int[1, 4], Gen.Int[0, 7],
        static (kind, party, step, percent, signers, locks, job, thrift) =>
            new ChannelOp(Kinds[kind], party, step, percent, signers, locks, job, thrift > 0));
}

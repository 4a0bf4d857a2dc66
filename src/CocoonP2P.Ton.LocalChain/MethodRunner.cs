using System.Text;
using CocoonP2P.Ton.LocalChain.Ledger;
using CocoonP2P.Ton.LocalChain.Tvm;

namespace CocoonP2P.Ton.LocalChain;

/// <summary>Runs get-methods on the state of a block.</summary>
internal sealed class MethodRunner(TvmEngine engine)
{
    private const int NoCode = -256;
    private const long GasLimit = 1_000_000;

    public MethodOutcome Run(ChainState state, Address address, int methodId, Cell stack, uint now)
    {
        StoredAccount account = state.AccountAt(address).State;
        if (account.Code is null)
        {
            return new MethodOutcome(NoCode, 0, null);
        }

        string parameters = TvmRequest.GetMethod(
            BagOfCells.EncodeBase64(account.Code),
            BagOfCells.EncodeBase64(account.Data ?? Cell.Empty),
            address,
            account.Balance,
            now,
            BlockMaker.RandomSeed(state.Seed, state.Lt),
            methodId,
            GasLimit);
        TvmMethodAnswer answer = engine.RunGetMethod(state.Config, BagOfCells.EncodeBase64(stack), now, parameters);
        return new MethodOutcome(answer.ExitCode, answer.GasUsed, answer.Stack.Length > 0 ? BagOfCells.DecodeBase64(answer.Stack) : null);
    }

    /// <summary>The number that a method's name stands for: CRC-16/XMODEM, with bit 16 set.</summary>
    public static int IdOf(string name)
    {
        int crc = 0;
        foreach (byte value in Encoding.UTF8.GetBytes(name))
        {
            crc ^= value << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }
        }

        return (crc & 0xFFFF) | 0x10000;
    }
}

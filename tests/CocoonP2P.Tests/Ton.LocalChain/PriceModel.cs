using CocoonP2P.Ton;
using CocoonP2P.Ton.LocalChain.Ledger;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>The chain's fee formulas, derived again from its configuration.</summary>
internal sealed class PriceModel
{
    private readonly ulong flatLimit, flatPrice, gasPrice, lumpPrice, bitPrice, cellPrice;

    public PriceModel(string config)
    {
        CellSlice gas = ChainConfig.Parameter(config, 21)!.BeginParse().Skip(8);
        (flatLimit, flatPrice) = (gas.LoadUint(64), gas.LoadUint(64));
        gasPrice = gas.Skip(8).LoadUint(64);
        CellSlice forward = ChainConfig.Parameter(config, 25)!.BeginParse().Skip(8);
        (lumpPrice, bitPrice, cellPrice) = (forward.LoadUint(64), forward.LoadUint(64), forward.LoadUint(64));
    }

    public Coins Gas(ulong units) => new(flatPrice + CeilingOf((UInt128)gasPrice * (units - flatLimit)));

    public Coins Forward(ulong bits, ulong cells) => new(lumpPrice + CeilingOf(((UInt128)bitPrice * bits) + ((UInt128)cellPrice * cells)));

    public static Coins Max(Coins left, Coins right) => left > right ? left : right;

    private static UInt128 CeilingOf(UInt128 fixedPoint) => (fixedPoint + 65_535) >> 16;
}

using System.Globalization;

namespace CocoonP2P.Ton.LocalChain.Tvm;

/// <summary>The emulator's parameters, as JSON. Every value is a number, hex or base64, so nothing needs escaping.</summary>
internal static class TvmRequest
{
    /// <summary>For a transaction; <paramref name="logicalTime"/> is the least it may get.</summary>
    public static string Transaction(uint now, ulong logicalTime, Bits256 randomSeed) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"utime":{{now}},"lt":"{{logicalTime}}","rand_seed":"{{randomSeed}}","ignore_chksig":false,"debug_enabled":false}""");

    /// <summary>For a get-method of an account with <paramref name="code"/> and <paramref name="data"/>, base64 bags of cells.</summary>
    public static string GetMethod(string code, string data, Address address, Coins balance, uint now, Bits256 randomSeed, int methodId, long gasLimit) =>
        string.Create(CultureInfo.InvariantCulture,
            $$"""{"code":"{{code}}","data":"{{data}}","verbosity":0,"libs":"","address":"{{address.ToRawString()}}","unixtime":{{now}},"balance":"{{balance.Nano}}","rand_seed":"{{randomSeed}}","gas_limit":"{{gasLimit}}","method_id":{{methodId}},"debug_enabled":false}""");
}

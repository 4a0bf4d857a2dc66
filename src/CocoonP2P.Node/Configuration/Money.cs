using System.Globalization;
using CocoonP2P.Protocol;

namespace CocoonP2P.Node.Configuration;

/// <summary>Money as people write it: "1.25 TON".</summary>
internal static class Money
{
    private const string Unit = " TON";
    private const ulong NanoPerTon = 1_000_000_000;

    public static string Show(NanoTon amount)
    {
        (ulong whole, ulong part) = Math.DivRem(amount.Value, NanoPerTon);
        string decimals = part.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return whole.ToString(CultureInfo.InvariantCulture) + (decimals.Length == 0 ? "" : "." + decimals) + Unit;
    }

    /// <summary>Null for anything else, for more than nine decimals and for a billion TON or more.</summary>
    public static NanoTon? TryParse(string text)
    {
        if (!text.EndsWith(Unit, StringComparison.Ordinal))
        {
            return null;
        }

        string[] parts = text[..^Unit.Length].Split('.');
        string decimals = parts.Length == 2 ? parts[1] : "0";
        bool good = parts.Length <= 2 && decimals.Length is >= 1 and <= 9 && parts[0].Length is >= 1 and <= 9;
        if (good
            && ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong whole)
            && ulong.TryParse(decimals.PadRight(9, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out ulong part))
        {
            return new NanoTon((whole * NanoPerTon) + part);
        }

        return null;
    }
}

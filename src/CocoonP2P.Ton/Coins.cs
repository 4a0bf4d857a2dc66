using System.Globalization;

namespace CocoonP2P.Ton;

/// <summary>An amount of the chain's own coin in nanoton: 10⁹ are one TON. A cell holds up to 2¹²⁰ − 1.</summary>
/// <param name="Nano">The amount in nanoton.</param>
public readonly record struct Coins(UInt128 Nano) : IComparable<Coins>
{
    /// <summary>Nothing.</summary>
    public static readonly Coins Zero;

    /// <summary>The largest amount a cell can hold.</summary>
    public static readonly Coins Max = new((UInt128.One << 120) - 1);

    private const int Decimals = 9;
    private const uint NanoPerTon = 1_000_000_000;

    /// <summary>Reads an amount in TON with up to nine decimals: <c>1</c>, <c>0.05</c>. No sign, space or exponent.</summary>
    public static bool TryParse(string? text, out Coins value)
    {
        value = Zero;
        ReadOnlySpan<char> rest = text;
        int point = rest.IndexOf('.');
        ReadOnlySpan<char> fraction = point < 0 ? [] : rest[(point + 1)..];
        ReadOnlySpan<char> whole = point < 0 ? rest : rest[..point];
        if (whole.Length > 28 || fraction.Length > Decimals || (point >= 0 && fraction.IsEmpty)
            || !UInt128.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out UInt128 ton))
        {
            return false;
        }

        uint nano = 0;
        if (!fraction.IsEmpty && !uint.TryParse(fraction, NumberStyles.None, CultureInfo.InvariantCulture, out nano))
        {
            return false;
        }

        for (int i = fraction.Length; i < Decimals; i++)
        {
            nano *= 10;
        }

        value = new Coins((ton * NanoPerTon) + nano);
        return value <= Max;
    }

    /// <summary>Reads an amount in TON, or throws <see cref="TonFormatException"/>.</summary>
    public static Coins Parse(string text) =>
        TryParse(text, out Coins value) ? value : throw new TonFormatException(FormatCode.Coins);

    /// <summary>The amount as 64 bits; past 2⁶⁴ it throws <see cref="OverflowException"/>.</summary>
    public ulong ToUInt64() => (ulong)Nano;

    /// <inheritdoc/>
    public int CompareTo(Coins other) => Nano.CompareTo(other.Nano);

    /// <summary>The amount in TON, with no more decimals than it needs.</summary>
    public override string ToString()
    {
        (UInt128 ton, UInt128 nano) = UInt128.DivRem(Nano, NanoPerTon);
        string whole = ton.ToString(CultureInfo.InvariantCulture);
        return nano == 0 ? whole : $"{whole}.{nano.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0')}";
    }

    /// <summary>An amount in nanoton.</summary>
    public static implicit operator Coins(ulong nano) => new(nano);

    /// <summary>Adds; past 2¹²⁸ it throws.</summary>
    public static Coins operator +(Coins left, Coins right) => new(left.Nano + right.Nano);

    /// <summary>Subtracts; below zero it throws.</summary>
    public static Coins operator -(Coins left, Coins right) => new(left.Nano - right.Nano);

    /// <summary>Order by amount.</summary>
    public static bool operator <(Coins left, Coins right) => left.Nano < right.Nano;

    /// <summary>Order by amount.</summary>
    public static bool operator >(Coins left, Coins right) => left.Nano > right.Nano;

    /// <summary>Order by amount.</summary>
    public static bool operator <=(Coins left, Coins right) => left.Nano <= right.Nano;

    /// <summary>Order by amount.</summary>
    public static bool operator >=(Coins left, Coins right) => left.Nano >= right.Nano;
}

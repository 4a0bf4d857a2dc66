using System.Globalization;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>Which numbers are allowed.</summary>
/// <param name="Low">The least; null: none.</param>
/// <param name="High">The greatest; null: none.</param>
/// <param name="Decimals">Most digits behind the point; 0 for an integer.</param>
/// <param name="Step">What an integer must be a multiple of, 1 to <see cref="MostStep"/>.</param>
internal sealed record NumberRange(DecimalBound? Low, DecimalBound? High, int Decimals, int Step)
{
    /// <summary>The automaton counts remainders, one state for each and every digit.</summary>
    public const int MostStep = 100;

    /// <summary>Every number that has a spelling without an exponent.</summary>
    public bool IsAny => Low is null && High is null && Decimals >= Numbers.Digits && Step == 1;
}

/// <summary>A bound, by its digits.</summary>
/// <param name="Value">With its sign.</param>
/// <param name="Whole">Digits before the point, "0" or without a leading 0.</param>
/// <param name="Fraction">Digits behind the point, without a trailing 0.</param>
/// <param name="IsExclusive">Whether the bound itself is not allowed.</param>
internal readonly record struct DecimalBound(decimal Value, string Whole, string Fraction, bool IsExclusive)
{
    public int Digits => Whole.Length + Fraction.Length;

    public static DecimalBound Of(decimal value, bool isExclusive)
    {
        string[] parts = Math.Abs(value).ToString("0.############################", CultureInfo.InvariantCulture).Split('.');
        return new DecimalBound(value, parts[0], parts.Length > 1 ? parts[1] : "", isExclusive);
    }

    public DecimalBound Negated() => this with { Value = -Value };
}

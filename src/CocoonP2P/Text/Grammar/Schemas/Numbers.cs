using CocoonP2P.Text.Grammar.Automata;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>
/// Numbers as their digits. At most 15 of them: any such decimal is told apart by a double, so what the automaton compares
/// digit by digit compares the same for whoever reads it.
/// </summary>
internal static class Numbers
{
    public const int Digits = 15;

    /// <summary>Any number, with an exponent of up to two digits.</summary>
    public static void Any(AutomatonBuilder build, int from, int to)
    {
        int start = build.Node(), whole = build.Node(), fraction = build.Node(), exponent = build.Node(), signed = build.Node();
        build.Skip(from, start);
        build.Byte(from, (byte)'-', start);
        build.Byte(start, (byte)'0', whole);
        int node = build.Node();
        build.Bytes(start, (byte)'1', (byte)'9', node);
        Run(build, node, Digits - 1, whole);
        build.Byte(whole, (byte)'.', fraction);
        int digit = build.Node(), behind = build.Node();
        build.Bytes(fraction, (byte)'0', (byte)'9', digit);
        Run(build, digit, Digits - 1, behind);
        build.Skip(whole, behind);
        build.Skip(behind, to);
        build.Byte(behind, (byte)'e', exponent);
        build.Byte(behind, (byte)'E', exponent);
        build.Skip(exponent, signed);
        build.Byte(exponent, (byte)'+', signed);
        build.Byte(exponent, (byte)'-', signed);
        int power = build.Node();
        build.Bytes(signed, (byte)'0', (byte)'9', power);
        Run(build, power, 1, to);
    }

    /// <summary>Numbers of a range.</summary>
    public static void Add(AutomatonBuilder build, int from, NumberRange range, int to)
    {
        DecimalBound zero = DecimalBound.Of(0, isExclusive: false);
        if (range.Low is not { } low || low.Value < 0)
        {
            int behind = build.Node();
            build.Byte(from, (byte)'-', behind);
            DecimalBound least = range.High is { Value: < 0 } high ? high.Negated() : zero with { IsExclusive = true };
            new Magnitude(build, least, range.Low?.Negated(), range, to).Add(behind);
        }

        if (range.High is not { } most || most.Value >= 0)
        {
            new Magnitude(build, range.Low is { Value: >= 0 } least ? least : zero, range.High, range, to).Add(from);
        }
    }

    // Up to so many digits more.
    private static void Run(AutomatonBuilder build, int node, int digits, int to)
    {
        build.Skip(node, to);
        for (int i = 0; i < digits; i++)
        {
            int next = build.Node();
            build.Bytes(node, (byte)'0', (byte)'9', next);
            build.Skip(next, to);
            node = next;
        }
    }
}

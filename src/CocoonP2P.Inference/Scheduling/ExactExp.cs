namespace CocoonP2P.Inference.Scheduling;

/// <summary>
/// The weight of a token: ⌊2^40 · e^x⌋ for x ≤ 0, by additions and multiplications in a fixed order. Each is rounded as
/// IEEE 754 says, so every machine gets the same integer; a library's exp differs from version to version.
/// </summary>
internal static class ExactExp
{
    /// <summary>The weight at x = 0.</summary>
    public const ulong One = 1UL << 40;

    private const double Log2E = 1.4426950408889634;

    // ln 2 in two parts; the first has 21 bits, so that k times it is exact.
    private const double Ln2High = 0.693147182464599609375;
    private const double Ln2Low = -1.904654299957767878541823e-9;

    /// <param name="x">At most 0. Below −28 the weight is 0.</param>
    public static ulong Weight(double x)
    {
        if (x < -28)
        {
            return 0;
        }

        double k = Math.Floor((x * Log2E) + 0.5);
        double r = x - (k * Ln2High);
        r -= k * Ln2Low;

        // Taylor to the 13th power: |r| ≤ ln 2 / 2, so the rest is below 2^−57.
        double p = 1.0 / 6227020800;
        p = (p * r) + (1.0 / 479001600);
        p = (p * r) + (1.0 / 39916800);
        p = (p * r) + (1.0 / 3628800);
        p = (p * r) + (1.0 / 362880);
        p = (p * r) + (1.0 / 40320);
        p = (p * r) + (1.0 / 5040);
        p = (p * r) + (1.0 / 720);
        p = (p * r) + (1.0 / 120);
        p = (p * r) + (1.0 / 24);
        p = (p * r) + (1.0 / 6);
        p = (p * r) + 0.5;
        p = (p * r) + 1;
        p = (p * r) + 1;

        // A power of two scales without rounding; k + 40 lies between 0 and 40.
        return (ulong)(p * BitConverter.Int64BitsToDouble(((long)k + 40 + 1023) << 52));
    }
}

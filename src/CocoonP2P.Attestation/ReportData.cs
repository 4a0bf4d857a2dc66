using System.Security.Cryptography;

namespace CocoonP2P.Attestation;

/// <summary>The 64 bytes that a trust domain had signed with its measurements; to this library they are opaque.</summary>
public readonly struct ReportData
{
    /// <summary>64 bytes, fixed by the hardware.</summary>
    public const int Length = 64;

    private readonly byte[]? bytes;

    /// <summary>Copies exactly 64 bytes.</summary>
    /// <exception cref="ArgumentException">Another length: a shorter value would be compared as a prefix.</exception>
    public ReportData(ReadOnlySpan<byte> value)
    {
        if (value.Length != Length)
        {
            throw new ArgumentException($"Report data is {Length} bytes, not {value.Length}.", nameof(value));
        }

        bytes = value.ToArray();
    }

    /// <summary>The 64 bytes.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>, which is nobody's report data.</exception>
    public ReadOnlySpan<byte> Bytes => bytes ?? throw new InvalidOperationException("Report data was never set.");

    /// <summary>Compares in constant time.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public bool Matches(ReadOnlySpan<byte> other) => CryptographicOperations.FixedTimeEquals(Bytes, other);
}

namespace CocoonP2P.Sessions;

/// <summary>Every bound of the session protocol, each with the sum that set it.</summary>
internal static class SessionLimits
{
    public const string Protocol = "/cocoonp2p/attest/1";

    /// <summary>An Ed25519 key as an identity multihash: 00 24 08 01 12 20 and 32 bytes.</summary>
    public const int PeerIdBytes = 38;

    /// <summary>M1 is 180 bytes and the longest lists 40 more; suite 2 adds 1,184. Doubled and rounded up.</summary>
    public const int HelloBytes = 4 * 1024;

    /// <summary>A quote (16 KiB), an event log (128 KiB), claims (4 KiB) and GPU evidence for eight devices of 32 KiB, rounded up.</summary>
    public const int EvidenceBytes = 512 * 1024;

    /// <summary>M4 is one Finished value and its tag, 64 bytes.</summary>
    public const int FinishedBytes = 256;

    public const int QuoteBytes = 16 * 1024;

    public const int EventLogBytes = 128 * 1024;

    public const int ClaimsBytes = 4 * 1024;

    public const int GpuEvidenceBytes = 256 * 1024;

    /// <summary>The 18 fields of the binding are 493 bytes with their tags; nothing longer is one.</summary>
    public const int BindingBytes = 1024;

    /// <summary>Suites or TEE kinds in a list: two of each exist.</summary>
    public const int ListEntries = 8;

    /// <summary>A prompt of 32,768 token ids of 5 bytes, its parameters and a payment state, rounded up.</summary>
    public const int RecordBytes = 256 * 1024;

    /// <summary>The longest that a handshake may take, quoting on a busy platform included.</summary>
    public static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(30);

    /// <summary>A key is replaced after this many records…</summary>
    public const ulong RekeyRecords = 1 << 20;

    /// <summary>…or after this time.</summary>
    public static readonly TimeSpan RekeyAge = TimeSpan.FromHours(1);
}

namespace CocoonP2P.Sessions;

/// <summary>Domain separation, docs/protocol/session.md §4: every derived or signed value begins with its own label.</summary>
internal static class Labels
{
    public static ReadOnlySpan<byte> Policy => "CocoonP2P/attest/v1/policy\0"u8;

    public static ReadOnlySpan<byte> Binding => "CocoonP2P/attest/v1/binding\0"u8;

    public static ReadOnlySpan<byte> ReportDataSingle => "CocoonP2P/attest/v1/report-data/single\0"u8;

    public static ReadOnlySpan<byte> SignInitiator => "CocoonP2P/attest/v1/sig/I\0"u8;

    public static ReadOnlySpan<byte> SignResponder => "CocoonP2P/attest/v1/sig/R\0"u8;

    public static ReadOnlySpan<byte> HandshakeToInitiator => "CocoonP2P/attest/v1/hs r2i"u8;

    public static ReadOnlySpan<byte> HandshakeToResponder => "CocoonP2P/attest/v1/hs i2r"u8;

    public static ReadOnlySpan<byte> FinishedInitiator => "CocoonP2P/attest/v1/fin i"u8;

    public static ReadOnlySpan<byte> FinishedResponder => "CocoonP2P/attest/v1/fin r"u8;

    public static ReadOnlySpan<byte> Derived => "CocoonP2P/attest/v1/derived"u8;

    public static ReadOnlySpan<byte> ToResponder => "CocoonP2P/attest/v1/i2r"u8;

    public static ReadOnlySpan<byte> ToInitiator => "CocoonP2P/attest/v1/r2i"u8;

    public static ReadOnlySpan<byte> Exporter => "CocoonP2P/attest/v1/exporter"u8;

    public static ReadOnlySpan<byte> SessionId => "CocoonP2P/attest/v1/session id"u8;

    public static ReadOnlySpan<byte> Rekey => "CocoonP2P/attest/v1/rekey"u8;
}

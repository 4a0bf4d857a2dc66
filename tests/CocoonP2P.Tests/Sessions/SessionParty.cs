using CocoonP2P.Sessions;
using NSec.Cryptography;

namespace CocoonP2P.Tests.Sessions;

/// <summary>One end of a handshake with keys of its own; the quote is the report data itself, so a test can see what was bound.</summary>
internal sealed class SessionParty : IEvidenceAppraiser, IEvidenceSource, IDisposable
{
    private static readonly byte[] Network = [.. Enumerable.Repeat((byte)7, 32)];
    private readonly Key _identity = Key.Create(
        SignatureAlgorithm.Ed25519, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.None });

    public SessionParty() =>
        PeerId = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20, .. _identity.PublicKey.Export(KeyBlobFormat.RawPublicKey)];

    public byte[] PeerId { get; }

    public byte[] NetworkId { get; set; } = Network;

    public byte[] ChannelBinding { get; set; } = new byte[32];

    /// <summary>What the appraiser answers; by default yes, to a quote that carries the expected report data.</summary>
    public Func<PeerEvidence, Verdict> Judge { get; set; } = e => Accepted(e.Quote.AsSpan().SequenceEqual(e.ReportData));

    /// <summary>Lets a test quote something else than was asked for.</summary>
    public Func<byte[], byte[]> Quote { get; set; } = reportData => reportData;

    public ushort TeeKind { get; set; } = TeeKinds.Simulated;

    public ushort[] AcceptedTeeKinds { get; set; } = [TeeKinds.Simulated];

    public byte[] PolicyHash { get; } = [.. Enumerable.Repeat((byte)9, 32)];

    public byte[] Claims { get; set; } = SampleClaims.Encode();

    public static RuntimeClaims SampleClaims => new()
    {
        Software = "cocoon 1.0",
        Models = [new byte[32]],
        ConfigurationHash = new byte[32],
        ExecutionProvider = "cpu",
        ProviderDigest = new byte[32],
        DeterminismClass = new byte[32],
        EventLogHash = new byte[48],
        GpuEpoch = 0,
        GpuEpochNonce = new byte[32],
        PayoutAddress = "0:" + new string('0', 64),
        WorkerKey = new byte[32],
        ReceiptKey = new byte[32],
    };

    public static Verdict Accepted(bool accepted, bool simulated = true) => new()
    {
        Accepted = accepted,
        Simulated = simulated,
        TcbStatus = "UpToDate",
        Reasons = accepted ? [] : ["ReportDataMismatch"],
        ValidUntil = DateTimeOffset.UnixEpoch.AddYears(100),
        Measurement = new byte[32],
        Platform = new byte[32],
    };

    public HandshakeParameters With(SessionParty remote) => new()
    {
        PeerId = PeerId,
        Sign = message => SignatureAlgorithm.Ed25519.Sign(_identity, message),
        RemotePeer = remote.PeerId,
        NetworkId = NetworkId,
        ChannelBinding = ChannelBinding,
        AcceptedTeeKinds = AcceptedTeeKinds,
        PolicyHash = PolicyHash,
        Random = System.Security.Cryptography.RandomNumberGenerator.Fill,
    };

    public ValueTask<Verdict> AppraiseAsync(PeerEvidence evidence, CancellationToken cancellationToken) => new(Judge(evidence));

    public ValueTask<byte[]> QuoteAsync(byte[] reportData, CancellationToken cancellationToken) => new(Quote(reportData));

    public void Dispose() => _identity.Dispose();
}

namespace CocoonP2P.Libp2p;

/// <summary>
/// Everything a remote peer can make this one hold or do, with the sum behind each number. An error names the property that
/// struck.
/// </summary>
public sealed record Libp2pLimits
{
    /// <summary>Connections in all. <value>256: at 20 kB idle each, 5 MB.</value></summary>
    public int Connections { get; init; } = 256;

    /// <summary>Connections that others opened. <value>192: a quarter of all is left for our own dials.</value></summary>
    public int InboundConnections { get; init; } = 192;

    /// <summary>Above this many, idle connections are closed. <value>192.</value></summary>
    public int TrimAbove { get; init; } = 192;

    /// <summary>Closing stops here. <value>128.</value></summary>
    public int TrimTo { get; init; } = 128;

    /// <summary>Inbound connections not yet secured. <value>64: 10 s of 6 honest arrivals a second.</value></summary>
    public int PendingInbound { get; init; } = 64;

    /// <summary>The same of one address. <value>8. Loopback is exempt.</value></summary>
    public int PendingInboundPerAddress { get; init; } = 8;

    /// <summary>Dials at once. <value>64.</value></summary>
    public int PendingDials { get; init; } = 64;

    /// <summary>Connections with one peer. <value>2: both of a simultaneous dial.</value></summary>
    public int ConnectionsPerPeer { get; init; } = 2;

    /// <summary>Connections of one IPv4 address or IPv6 /64. <value>16. Loopback is exempt.</value></summary>
    public int ConnectionsPerAddress { get; init; } = 16;

    /// <summary>Connections of one IPv4 /24 or IPv6 /48. <value>64. Loopback is exempt.</value></summary>
    public int ConnectionsPerSubnet { get; init; } = 64;

    /// <summary>Accepts a second from one address. <value>10. Loopback is exempt.</value></summary>
    public int AcceptsPerSecondPerAddress { get; init; } = 10;

    /// <summary>Accepts a second in all. <value>200: a handshake costs 2 ms of one core. Loopback is exempt.</value></summary>
    public int AcceptsPerSecond { get; init; } = 200;

    /// <summary>One step of opening: connect, security, muxer. <value>5 s.</value></summary>
    public TimeSpan PhaseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>All steps of an inbound connection. <value>10 s.</value></summary>
    public TimeSpan InboundUpgrade { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A dial, all addresses and steps. <value>15 s.</value></summary>
    public TimeSpan WholeDial { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Between the starts of dials to two addresses of one peer. <value>250 ms.</value></summary>
    public TimeSpan DialStagger { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>An unprotected connection without streams is closed after this. <value>30 s.</value></summary>
    public TimeSpan IdleConnection { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence after which a ping is sent. <value>30 s.</value></summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence after that ping which ends the connection. <value>10 s.</value></summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A new connection is not trimmed before this. <value>30 s.</value></summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Both of a simultaneous dial live this long. <value>5 s.</value></summary>
    public TimeSpan DuplicateGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A Noise handshake message. <value>8 KiB: an honest one is under 300 bytes.</value></summary>
    public int NoiseHandshakeBytes { get; init; } = 8 * 1024;

    /// <summary>Inbound streams of a connection. <value>512.</value></summary>
    public int InboundStreams { get; init; } = 512;

    /// <summary>Those of them without a protocol yet. <value>256.</value></summary>
    public int UnnegotiatedStreams { get; init; } = 256;

    /// <summary>Inbound streams of one protocol on a connection. <value>32.</value></summary>
    public int InboundStreamsPerProtocol { get; init; } = 32;

    /// <summary>Outbound streams of one protocol on a connection. <value>64.</value></summary>
    public int OutboundStreams { get; init; } = 64;

    /// <summary>Opens the remote has not answered. <value>256, as yamux says.</value></summary>
    public int UnacknowledgedStreams { get; init; } = 256;

    /// <summary>The receive window of a stream never grows above this. <value>4 MiB: 100 ms at 40 MB/s.</value></summary>
    public int LargestWindow { get; init; } = 4 * 1024 * 1024;

    /// <summary>Received and unread on a connection. <value>16 MiB: four windows at their largest.</value></summary>
    public long ReceiveBytesPerConnection { get; init; } = 16 * 1024 * 1024;

    /// <summary>Received and unread in all. <value>256 MiB.</value></summary>
    public long ReceiveBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Unsent bytes of a connection above which writers wait. <value>512 KiB.</value></summary>
    public int UnsentBytes { get; init; } = 512 * 1024;

    /// <summary>The largest data frame we send. <value>64 KiB.</value></summary>
    public int DataFrameBytes { get; init; } = 64 * 1024;

    /// <summary>Yamux pings answered a second; more are ignored. <value>10.</value></summary>
    public int PingsPerSecond { get; init; } = 10;

    /// <summary>Frames in 10 s that change nothing. <value>1,000.</value></summary>
    public int FramesWithoutEffect { get; init; } = 1000;

    /// <summary>Streams the remote opens and resets before they have a protocol, in 10 s. <value>200.</value></summary>
    public int EarlyResets { get; init; } = 200;

    /// <summary>Agreeing on the protocol of a stream. <value>10 s.</value></summary>
    public TimeSpan StreamNegotiation { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the remote may take to end a stream that we are done with. <value>2 s.</value></summary>
    public TimeSpan GracefulClose { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Peers remembered. <value>4,096.</value></summary>
    public int StoredPeers { get; init; } = 4096;

    /// <summary>Addresses remembered of one peer. <value>16.</value></summary>
    public int AddressesPerPeer { get; init; } = 16;

    /// <summary>How long an address is remembered unless connected. <value>30 min.</value></summary>
    public TimeSpan AddressLife { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>An identify message, its parts merged. <value>8 KiB.</value></summary>
    public int IdentifyBytes { get; init; } = 8 * 1024;

    /// <summary>An identify exchange. <value>10 s.</value></summary>
    public TimeSpan IdentifyTimeout { get; init; } = TimeSpan.FromSeconds(10);
}

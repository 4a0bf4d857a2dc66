using CocoonP2P.Libp2p;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Libp2p.Connections;

/// <summary>The machine alone: bytes in, no tasks.</summary>
public sealed class YamuxTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<MuxedStream> _inbound = [];
    private readonly MemoryBudget _memory = new(1024 * 1024);

    [Fact]
    public async Task A_frame_cut_anywhere_is_put_together()
    {
        YamuxSession session = Listener();
        foreach (byte b in Frame(YamuxType.Data, YamuxFlags.Syn, 1, 5, "hello"u8))
        {
            session.Receive([b]);
        }

        Assert.Equal("hello", await ReadAsync(Assert.Single(_inbound)));
    }

    [Theory]
    [InlineData("01000000000000010000000a", "yamux-header")]
    [InlineData("000400000000000100000000", "yamux-header")]
    [InlineData("000000010000000200000000", "yamux-stream-id")]
    [InlineData("000000010000000000000000", "yamux-stream-id")]
    [InlineData("000200010000000100000000", "yamux-stream-id")]
    [InlineData("000000010000000100040001", "yamux-window")]
    [InlineData("000000000000000700400001", "yamux-window")]
    [InlineData("000300000000000000000000", "go-away")]
    public void A_frame_that_breaks_the_protocol_ends_the_connection(string hex, string code)
    {
        Libp2pException error = Assert.Throws<Libp2pException>(() => Listener().Receive(Convert.FromHexString(hex)));
        Assert.Equal(code, error.Code);
    }

    [Fact]
    public void A_syn_with_more_than_the_first_window_registers_nothing()
    {
        YamuxSession session = Listener();
        Assert.Throws<Libp2pException>(() => session.Receive(Frame(YamuxType.Data, YamuxFlags.Syn, 1, (256 * 1024) + 1)));
        Assert.Empty(session.Streams);
        Assert.Empty(_inbound);
    }

    [Fact]
    public void An_id_in_use_cannot_be_opened_again()
    {
        YamuxSession session = Listener();
        session.Receive(Frame(YamuxType.WindowUpdate, YamuxFlags.Syn, 1, 0));
        Assert.Equal("yamux-stream-id", Throws(session, Frame(YamuxType.WindowUpdate, YamuxFlags.Syn, 1, 0)));
    }

    [Fact]
    public void More_data_than_the_window_ends_the_connection()
    {
        YamuxSession session = Listener();
        session.Receive(Frame(YamuxType.Data, YamuxFlags.Syn, 1, 256 * 1024, new byte[256 * 1024]));
        Assert.Equal("yamux-window", Throws(session, Frame(YamuxType.Data, YamuxFlags.None, 1, 1)));
    }

    [Fact]
    public void Credit_above_32_bits_ends_the_connection()
    {
        YamuxSession session = Listener();
        session.Receive(Frame(YamuxType.WindowUpdate, YamuxFlags.Syn, 1, uint.MaxValue - (256 * 1024)));
        Assert.Equal("yamux-window", Throws(session, Frame(YamuxType.WindowUpdate, YamuxFlags.None, 1, 1)));
    }

    [Fact]
    public void The_length_of_a_reset_is_no_credit()
    {
        YamuxSession session = Listener();
        session.Receive(Frame(YamuxType.WindowUpdate, YamuxFlags.Syn, 1, 0));
        session.Receive(Frame(YamuxType.WindowUpdate, YamuxFlags.Rst, 1, uint.MaxValue));
        Assert.Empty(session.Streams);
    }

    [Fact]
    public void Streams_above_the_limit_are_reset_and_the_connection_lives()
    {
        YamuxSession session = Listener(new Libp2pLimits { InboundStreams = 3 });
        for (uint id = 1; id <= 9; id += 2)
        {
            session.Receive(Frame(YamuxType.WindowUpdate, YamuxFlags.Syn, id, 0));
        }

        Assert.Equal(3, session.Streams.Count);
        session.Receive(Frame(YamuxType.WindowUpdate, YamuxFlags.Rst, 1, 0));
        session.Receive(Frame(YamuxType.WindowUpdate, YamuxFlags.Syn, 11, 0));
        Assert.Equal(3, session.Streams.Count);
    }

    [Fact]
    public void Frames_without_effect_are_counted_and_their_flood_ends_the_connection()
    {
        YamuxSession session = Listener(new Libp2pLimits { FramesWithoutEffect = 10 });
        byte[] nothing = Frame(YamuxType.WindowUpdate, YamuxFlags.None, 99, 1);
        for (int i = 0; i < 10; i++)
        {
            session.Receive(nothing);
        }

        Assert.Equal("yamux-flood", Throws(session, nothing));
        _time.Advance(TimeSpan.FromSeconds(11));
        session.Receive(nothing);
    }

    [Fact]
    public void Opening_and_resetting_over_and_over_ends_the_connection()
    {
        YamuxSession session = Listener(new Libp2pLimits { EarlyResets = 5 });
        byte[] openAndReset = [.. Frame(YamuxType.WindowUpdate, YamuxFlags.Syn, 1, 0), .. Frame(YamuxType.WindowUpdate, YamuxFlags.Rst, 1, 0)];
        for (int i = 0; i < 5; i++)
        {
            session.Receive(openAndReset);
        }

        Assert.Equal("yamux-flood", Throws(session, openAndReset));
    }

    [Fact]
    public void Unread_bytes_beyond_the_budget_cost_the_stream_that_brings_them()
    {
        var session = new YamuxSession(dialler: false, new Libp2pLimits(), _time, new MemoryBudget(300_000), _inbound.Add);
        session.Receive(Frame(YamuxType.Data, YamuxFlags.Syn, 1, 200_000, new byte[200_000]));
        session.Receive(Frame(YamuxType.Data, YamuxFlags.Syn, 3, 200_000, new byte[200_000]));

        Assert.Equal(1u, Assert.Single(session.Streams).Id);
        Assert.Equal(200_000, session.Memory.Used);
    }

    [Fact]
    public async Task Memory_is_given_back_when_bytes_are_read_and_when_nobody_will()
    {
        YamuxSession session = Listener();
        session.Receive(Frame(YamuxType.Data, YamuxFlags.Syn, 1, 1000, new byte[1000]));
        session.Receive(Frame(YamuxType.Data, YamuxFlags.Syn, 3, 1000, new byte[1000]));
        Assert.Equal(2000, _memory.Used);

        await _inbound[0].ReadAsync(new byte[1000], TestContext.Current.CancellationToken);
        await _inbound[1].DisposeAsync();

        Assert.Equal(0, _memory.Used);
    }

    [Fact]
    public async Task A_stream_let_go_of_is_reset_when_the_remote_does_not_end_it_in_time()
    {
        YamuxSession session = Listener();
        session.Receive(Frame(YamuxType.WindowUpdate, YamuxFlags.Syn, 1, 0));
        await _inbound[0].DisposeAsync();

        session.SweepAbandoned();
        Assert.Single(session.Streams);
        _time.Advance(TimeSpan.FromSeconds(2));
        session.SweepAbandoned();
        Assert.Empty(session.Streams);
    }

    [Fact]
    public void Opens_that_nobody_answers_are_bounded()
    {
        var session = new YamuxSession(dialler: true, new Libp2pLimits { UnacknowledgedStreams = 2 }, _time, _memory, _inbound.Add);
        session.OpenStream();
        session.OpenStream();
        Assert.Equal("UnacknowledgedStreams", Assert.Throws<LimitExceededException>(session.OpenStream).Setting);
        session.Receive(Frame(YamuxType.WindowUpdate, YamuxFlags.Ack, 1, 0));
        Assert.Equal(5u, session.OpenStream().Id);
    }

    [Fact]
    public async Task Control_that_the_remote_never_takes_ends_the_connection()
    {
        YamuxSession session = Listener(new Libp2pLimits { UnsentBytes = 1000, PingsPerSecond = int.MaxValue });
        byte[] ping = Frame(YamuxType.Ping, YamuxFlags.Syn, 0, 7);
        for (int i = 0; i < 1000; i++)
        {
            session.Receive(ping);
        }

        Assert.Equal("UnsentBytes", Assert.IsType<LimitExceededException>(await session.Outbox.Overrun).Setting);
    }

    private static byte[] Frame(YamuxType type, YamuxFlags flags, uint stream, uint length, ReadOnlySpan<byte> payload = default)
    {
        byte[] frame = new byte[YamuxFrame.Size + payload.Length];
        new YamuxFrame(type, flags, stream, length).Write(frame);
        payload.CopyTo(frame.AsSpan(YamuxFrame.Size));
        return frame;
    }

    private static string Throws(YamuxSession session, byte[] bytes) => Assert.Throws<Libp2pException>(() => session.Receive(bytes)).Code;

    private static async Task<string> ReadAsync(MuxedStream stream)
    {
        byte[] buffer = new byte[100];
        int read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, read);
    }

    private YamuxSession Listener(Libp2pLimits? limits = null) => new(dialler: false, limits ?? new Libp2pLimits(), _time, _memory, _inbound.Add);
}

using System.Text;
using CocoonP2P.Sessions;

namespace CocoonP2P.Tests.Sessions;

public sealed class SessionProtocolTests : IDisposable
{
    private readonly SessionParty _client = new();
    private readonly SessionParty _worker = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _worker.Dispose();
    }

    [Fact]
    public async Task Both_ends_agree_on_keys_and_exchange_messages_that_the_wire_does_not_show()
    {
        (PipeStream left, PipeStream right) = PipeStream.Pair();
        (AttestedSession client, AttestedSession worker) = await OpenAsync(left, right);

        await client.SendAsync("a lamp for the night"u8.ToArray(), Token);
        ReadOnlyMemory<byte>? received = await worker.ReceiveAsync(Token);

        Assert.Equal("a lamp for the night", Encoding.UTF8.GetString(received!.Value.Span));
        Assert.Equal(client.Id, worker.Id);
        Assert.Equal(client.Exporter, worker.Exporter);
        Assert.Equal(-1, left.Written.ToArray().AsSpan().IndexOf("lamp"u8));
        Assert.True(client.Verdict!.Accepted);
    }

    [Fact]
    public async Task A_closed_session_ends_with_a_close_and_a_cut_one_with_an_error()
    {
        (PipeStream left, PipeStream right) = PipeStream.Pair();
        (AttestedSession client, AttestedSession worker) = await OpenAsync(left, right);
        await client.CloseAsync(Token);
        Assert.Null(await worker.ReceiveAsync(Token));

        (left, right) = PipeStream.Pair();
        (_, worker) = await OpenAsync(left, right);
        await left.CloseWriteAsync(Token);
        SessionException cut = await Assert.ThrowsAsync<SessionException>(async () => await worker.ReceiveAsync(Token));
        Assert.Equal(SessionError.Truncated, cut.Fault.Error);
    }

    [Fact]
    public async Task Nothing_but_the_hello_leaves_a_client_that_refuses()
    {
        int beforeVerdict = 0;
        (PipeStream left, PipeStream right) = PipeStream.Pair();
        _client.Judge = _ =>
        {
            beforeVerdict = left.Written.Count;
            return SessionParty.Accepted(false);
        };

        SessionException refused = await RefusedAsync(left, right);

        Assert.Equal(SessionError.EvidenceRefused, refused.Fault.Error);
        Assert.False(refused.Verdict!.Accepted);
        Assert.Equal(beforeVerdict, left.Written.Count);
    }

    [Fact]
    public async Task A_quote_replayed_from_another_handshake_is_refused()
    {
        byte[]? first = null;
        _worker.Quote = reportData => first ??= reportData;
        (PipeStream left, PipeStream right) = PipeStream.Pair();
        await OpenAsync(left, right);

        (left, right) = PipeStream.Pair();
        Assert.Equal(SessionError.EvidenceRefused, (await RefusedAsync(left, right)).Fault.Error);
    }

    [Fact]
    public async Task A_root_that_contradicts_the_stated_kind_is_refused()
    {
        _client.Judge = _ => SessionParty.Accepted(true, simulated: false);
        (PipeStream left, PipeStream right) = PipeStream.Pair();
        Assert.Equal(SessionError.BindingMismatch, (await RefusedAsync(left, right)).Fault.Error);
    }

    [Fact]
    public async Task A_relay_on_another_connection_is_refused_by_the_channel_binding()
    {
        _worker.ChannelBinding = [.. Enumerable.Repeat((byte)1, 32)];
        (PipeStream left, PipeStream right) = PipeStream.Pair();
        Assert.Equal(SessionError.BindingMismatch, (await RefusedAsync(left, right)).Fault.Error);
    }

    [Fact]
    public async Task A_foreign_network_and_an_unaccepted_kind_are_refused_by_the_worker()
    {
        _client.NetworkId = new byte[32];
        (PipeStream left, PipeStream right) = PipeStream.Pair();
        Assert.Equal(SessionError.ForeignNetwork, (await WorkerRefusesAsync(left, right)).Fault.Error);

        _client.NetworkId = _worker.NetworkId;
        _client.AcceptedTeeKinds = [TeeKinds.Tdx];
        (left, right) = PipeStream.Pair();
        Assert.Equal(SessionError.TeeKindNotAccepted, (await WorkerRefusesAsync(left, right)).Fault.Error);
    }

    private async Task<(AttestedSession Client, AttestedSession Worker)> OpenAsync(PipeStream left, PipeStream right)
    {
        Task<AttestedSession> accepting = SessionProtocol.AcceptAsync(right, _worker.With(_client), _worker, TimeProvider.System, Token);
        AttestedSession client = await SessionProtocol.OpenAsync(left, _client.With(_worker), _client, TimeProvider.System, Token);
        return (client, await accepting);
    }

    private async Task<SessionException> RefusedAsync(PipeStream left, PipeStream right)
    {
        Task<AttestedSession> accepting = SessionProtocol.AcceptAsync(right, _worker.With(_client), _worker, TimeProvider.System, Token);
        SessionException refused = await Assert.ThrowsAsync<SessionException>(
            () => SessionProtocol.OpenAsync(left, _client.With(_worker), _client, TimeProvider.System, Token));
        await left.CloseWriteAsync(Token);
        await Assert.ThrowsAsync<SessionException>(() => accepting);
        return refused;
    }

    private async Task<SessionException> WorkerRefusesAsync(PipeStream left, PipeStream right)
    {
        Task<AttestedSession> opening = SessionProtocol.OpenAsync(left, _client.With(_worker), _client, TimeProvider.System, Token);
        SessionException refused = await Assert.ThrowsAsync<SessionException>(
            () => SessionProtocol.AcceptAsync(right, _worker.With(_client), _worker, TimeProvider.System, Token));
        await right.CloseWriteAsync(Token);
        await Assert.ThrowsAsync<SessionException>(() => opening);
        return refused;
    }
}

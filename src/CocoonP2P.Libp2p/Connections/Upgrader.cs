namespace CocoonP2P.Libp2p;

/// <summary>Makes raw bytes a secured connection with a muxer: security, then muxer, each under its own deadline.</summary>
/// <remarks>Specification connections/README.md, "Upgrading Connections"; connections/inlined-muxer-negotiation.md.</remarks>
internal sealed class Upgrader(Identity identity, Libp2pOptions options, TimeProvider time)
{
    private static readonly string[] Security = [NoiseChannel.ProtocolId];
    private static readonly string[] Muxers = [YamuxFrame.ProtocolId];

    /// <summary>Takes the raw connection and disposes it on failure.</summary>
    /// <param name="raw">Bytes from the transport.</param>
    /// <param name="direction">Who opened it: the dialler initiates.</param>
    /// <param name="expected">Who must be there; null where anybody may.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="PeerMismatchException">Another peer proved to be there.</exception>
    public async Task<SecuredConnection> UpgradeAsync(IRawConnection raw, Direction direction, PeerId? expected, CancellationToken ct)
    {
        NoiseChannel? channel = null;
        try
        {
            await PhaseAsync("security negotiation", c => NegotiateAsync(raw, Security, direction, c), ct);
            (channel, NoisePayload remote, byte[] hash) = await PhaseAsync("noise handshake", c => HandshakeAsync(raw, direction, expected, c), ct);
            await GateAsync(new GateRequest(GateStage.Secured, direction, remote.Key.PeerId, raw.RemoteAddress, hash), ct);
            if (!AgreedEarly(direction, remote))
            {
                await PhaseAsync("muxer negotiation", c => NegotiateAsync(channel, Muxers, direction, c), ct);
            }

            await GateAsync(new GateRequest(GateStage.Upgraded, direction, remote.Key.PeerId, raw.RemoteAddress, hash), ct);
            return new SecuredConnection(raw, channel, remote.Key.PeerId, hash, direction);
        }
        catch
        {
            raw.Dispose();
            channel?.Forget();
            throw;
        }
    }

    /// <summary>Asks the gater under the deadline of a phase. An exception refuses, as false does.</summary>
    public async Task GateAsync(GateRequest request, CancellationToken ct)
    {
        if (options.Gater is not { } gater)
        {
            return;
        }

        bool allowed;
        try
        {
            allowed = await PhaseAsync("gater", async c => await gater.AllowAsync(request, c), ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            throw new Libp2pException("gated", Consequence.None, $"the gater failed at {request.Stage}: {e.Message}", e);
        }

        if (!allowed)
        {
            throw Libp2pException.Gated(request.Stage.ToString());
        }
    }

    private static async Task<string> NegotiateAsync(IByteChannel channel, string[] protocols, Direction direction, CancellationToken ct) =>
        direction == Direction.Outbound
            ? await Multistream.SelectAsync(channel, protocols, ct)
            : await Multistream.AnswerAsync(channel, protocols.Contains, ct);

    private async Task<(NoiseChannel Channel, NoisePayload Remote, byte[] Hash)> HandshakeAsync(
        IRawConnection raw, Direction direction, PeerId? expected, CancellationToken ct)
    {
        using var handshake = new NoiseHandshake(identity, direction == Direction.Outbound, options.EarlyMuxerNegotiation ? Muxers : null);
        while (!handshake.IsDone)
        {
            if (handshake.IsWriting)
            {
                await NoiseChannel.WriteMessageAsync(raw, handshake.Write(), ct);
                continue;
            }

            handshake.Read(await NoiseChannel.ReadMessageAsync(raw, options.Limits.NoiseHandshakeBytes, ct));

            // Before our own identity goes out: a dialler that reached somebody else says nothing more.
            if (expected is { } peer && handshake.Remote is { } proved && proved.Key.PeerId != peer)
            {
                throw new PeerMismatchException(peer, proved.Key.PeerId);
            }
        }

        (NoiseCipher send, NoiseCipher receive, byte[] hash) = handshake.Finish();
        return (new NoiseChannel(raw, send, receive), handshake.Remote!, hash);
    }

    /// <summary>True where both lists agree, false where one is absent.</summary>
    /// <exception cref="Libp2pException">Both are there and have nothing in common.</exception>
    private bool AgreedEarly(Direction direction, NoisePayload remote)
    {
        if (!options.EarlyMuxerNegotiation || remote.Muxers is null)
        {
            return false;
        }

        IEnumerable<string> initiator = direction == Direction.Outbound ? Muxers : remote.Muxers;
        IEnumerable<string> responder = direction == Direction.Outbound ? remote.Muxers : Muxers;
        return initiator.Any(responder.Contains)
            ? true
            : throw Libp2pException.NoProtocol(remote.Muxers);
    }

    private Task<T> PhaseAsync<T>(string phase, Func<CancellationToken, Task<T>> work, CancellationToken ct) =>
        Deadline.RunAsync(time, options.Limits.PhaseTimeout, phase, work, ct);
}

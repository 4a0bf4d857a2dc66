namespace CocoonP2P.Libp2p;

/// <summary>Puts frames together from bytes cut anywhere, and applies them in order.</summary>
/// <remarks>Specification yamux/README.md, "Framing", "Flow Control", "Session termination".</remarks>
internal sealed class YamuxReceiver(YamuxSession session)
{
    private readonly byte[] _header = new byte[YamuxFrame.Size];
    private readonly RateLimiter _pings = new(session.Limits.PingsPerSecond, TimeSpan.FromSeconds(1), session.Time);
    private readonly RateLimiter _idleFrames = new(session.Limits.FramesWithoutEffect, TimeSpan.FromSeconds(10), session.Time);
    private readonly RateLimiter _earlyResets = new(session.Limits.EarlyResets, TimeSpan.FromSeconds(10), session.Time);
    private int _headerLength;
    private uint _payloadLeft;
    private MuxedStream? _target;
    private YamuxFlags _flagsAfter;
    private bool _isNew;

    public void Receive(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = _payloadLeft > 0 ? TakePayload(bytes) : TakeHeader(bytes);
        }
    }

    private ReadOnlySpan<byte> TakePayload(ReadOnlySpan<byte> bytes)
    {
        int length = (int)Math.Min(_payloadLeft, (uint)bytes.Length);
        _target?.Receive(bytes[..length]);
        _payloadLeft -= (uint)length;
        if (_payloadLeft == 0)
        {
            FinishFrame();
        }

        return bytes[length..];
    }

    private ReadOnlySpan<byte> TakeHeader(ReadOnlySpan<byte> bytes)
    {
        int length = Math.Min(YamuxFrame.Size - _headerLength, bytes.Length);
        bytes[..length].CopyTo(_header.AsSpan(_headerLength));
        _headerLength += length;
        if (_headerLength == YamuxFrame.Size)
        {
            _headerLength = 0;
            if (!YamuxFrame.TryRead(_header, out YamuxFrame frame))
            {
                throw Libp2pException.Violation("yamux-header", "not a yamux frame");
            }

            Apply(frame);
        }

        return bytes[length..];
    }

    private void Apply(YamuxFrame frame)
    {
        switch (frame.Type)
        {
            case YamuxType.Ping:
                ApplyPing(frame);
                break;
            case YamuxType.GoAway:
                throw new Libp2pException("go-away", Consequence.RetryLater, $"the remote said goodbye, reason {frame.Length}");
            default:
                ApplyToStream(frame);
                break;
        }
    }

    private void ApplyPing(YamuxFrame frame)
    {
        if (frame.Stream != 0)
        {
            throw Libp2pException.Violation("yamux-stream-id", "a ping on a stream");
        }

        if (frame.Flags.HasFlag(YamuxFlags.Syn) && _pings.TryTake())
        {
            session.Outbox.Append(new YamuxFrame(YamuxType.Ping, YamuxFlags.Ack, 0, frame.Length));
            return;
        }

        CountWithoutEffect();
    }

    private void ApplyToStream(YamuxFrame frame)
    {
        bool opens = frame.Flags.HasFlag(YamuxFlags.Syn);

        // Before anything is registered: a SYN with more bytes than the first window must leave nothing behind.
        if (opens && frame.Type == YamuxType.Data && frame.Length > MuxedStream.InitialWindow)
        {
            throw Libp2pException.Violation("yamux-window", $"{frame.Length} bytes with the first frame of a stream");
        }

        _target = opens ? session.Accept(frame.Stream) : session.Find(frame.Stream);
        _isNew = opens && _target is not null;
        _flagsAfter = frame.Flags;
        if (frame.Flags.HasFlag(YamuxFlags.Ack))
        {
            _target?.Acknowledge();
        }

        if (frame.Type == YamuxType.Data)
        {
            UseWindow(frame.Length);
            _payloadLeft = frame.Length;
        }
        else if (!frame.Flags.HasFlag(YamuxFlags.Rst) && _target?.TryAddCredit(frame.Length) == false)
        {
            throw Libp2pException.Violation("yamux-window", "a window above 2^32-1");
        }

        bool empty = frame.Length == 0 && (frame.Flags & ~YamuxFlags.Ack) == 0 && !frame.Flags.HasFlag(YamuxFlags.Ack);
        if (empty || (_target is null && frame.Type == YamuxType.WindowUpdate))
        {
            CountWithoutEffect();
        }

        if (_payloadLeft == 0)
        {
            FinishFrame();
        }
    }

    /// <summary>Bytes for a stream that is gone may still be on their way, but no more than its window was.</summary>
    private void UseWindow(uint length)
    {
        if (_target is null ? length > session.Limits.LargestWindow : !_target.TryUseWindow(length))
        {
            throw Libp2pException.Violation("yamux-window", $"{length} bytes are more than the window");
        }
    }

    private void FinishFrame()
    {
        MuxedStream? target = _target;
        bool isNew = _isNew;
        (_target, _isNew) = (null, false);
        if (target is null)
        {
            return;
        }

        if (isNew)
        {
            session.Announce(target);
        }

        if (_flagsAfter.HasFlag(YamuxFlags.Rst))
        {
            if (!target.IsOutbound && target.Protocol.Length == 0 && !_earlyResets.TryTake())
            {
                throw Libp2pException.Violation("yamux-flood", "too many streams opened only to be reset");
            }

            target.Fail(Libp2pException.StreamReset());
            session.Forget(target);
        }
        else if (_flagsAfter.HasFlag(YamuxFlags.Fin))
        {
            target.EndRemote();
        }
    }

    private void CountWithoutEffect()
    {
        if (!_idleFrames.TryTake())
        {
            throw Libp2pException.Violation("yamux-flood", "too many frames without effect");
        }
    }
}

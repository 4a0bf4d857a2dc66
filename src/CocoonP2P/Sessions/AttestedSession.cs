using System.Buffers.Binary;
using CocoonP2P.Peers;

namespace CocoonP2P.Sessions;

/// <summary>
/// An open session: messages in records that only the two ends can read, also over a relay. Any number of senders, one
/// receiver. It exists only after the handshake, so whoever holds one holds a verdict.
/// </summary>
internal sealed class AttestedSession : IAsyncDisposable
{
    private const byte Message = 0;
    private const byte KeyUpdate = 1;
    private const byte CloseNotice = 2;
    private readonly IPeerStream _stream;
    private readonly RecordCipher _send;
    private readonly RecordCipher _receive;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly byte[] _header = new byte[4];
    private long _keySince;
    private bool _closed;

    public AttestedSession(
        IPeerStream stream, SessionKeys keys, bool initiator, byte[] remotePeer, Verdict? verdict, PeerEvidence? evidence, TimeProvider time)
    {
        _stream = stream;
        _send = new RecordCipher(initiator ? keys.ToResponder : keys.ToInitiator);
        _receive = new RecordCipher(initiator ? keys.ToInitiator : keys.ToResponder);
        _time = time;
        _keySince = time.GetTimestamp();
        (RemotePeer, Verdict, Evidence, Exporter, Id) = (remotePeer, verdict, evidence, keys.Exporter, keys.SessionId);
    }

    /// <summary>38 bytes.</summary>
    public byte[] RemotePeer { get; }

    /// <summary>What the peer's evidence was found to be; null at the responder of a one-way session.</summary>
    public Verdict? Verdict { get; }

    /// <summary>The appraised evidence, with the peer's claims; null like <see cref="Verdict"/>.</summary>
    public PeerEvidence? Evidence { get; }

    /// <summary>48 bytes that only the two ends know.</summary>
    public byte[] Exporter { get; }

    /// <summary>32 bytes, equal at both ends, not secret.</summary>
    public byte[] Id { get; }

    /// <summary>Sends one message of at most <see cref="SessionLimits.RecordBytes"/>.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        Invariant.Holds(message.Length < SessionLimits.RecordBytes, "a session message fits a record");
        await _sending.WaitAsync(cancellationToken);
        try
        {
            if (_send.Count >= SessionLimits.RekeyRecords || _time.GetElapsedTime(_keySince) >= SessionLimits.RekeyAge)
            {
                await _stream.WriteAsync(_send.Seal([KeyUpdate]), cancellationToken);
                _send.Rekey();
                _keySince = _time.GetTimestamp();
            }

            byte[] plaintext = new byte[message.Length + 1];
            plaintext[0] = Message;
            message.CopyTo(plaintext.AsMemory(1));
            await _stream.WriteAsync(_send.Seal(plaintext), cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next message; null when the peer closed the session properly.</summary>
    /// <exception cref="SessionException">The stream was cut, or a record does not open.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            byte[] plaintext = await ReceiveRecordAsync(cancellationToken);
            switch (plaintext)
            {
                case [Message, ..]:
                    return plaintext.AsMemory(1);
                case [KeyUpdate]:
                    _receive.Rekey();
                    break;
                case [CloseNotice]:
                    return null;
                default:
                    throw new SessionException(new SessionFault(SessionError.Malformed, "a record of unknown type"));
            }
        }
    }

    /// <summary>Says goodbye; the peer sees a close, not a cut.</summary>
    public async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            if (!_closed)
            {
                _closed = true;
                await _stream.WriteAsync(_send.Seal([CloseNotice]), cancellationToken);
                await _stream.CloseWriteAsync(cancellationToken);
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _stream.Reset();
        _send.Dispose();
        _receive.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<byte[]> ReceiveRecordAsync(CancellationToken cancellationToken)
    {
        await StreamFraming.ReadExactlyAsync(_stream, _header, cancellationToken);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(_header);
        if (length is < RecordCipher.TagBytes + 1 or > SessionLimits.RecordBytes + RecordCipher.TagBytes)
        {
            throw new SessionException(new SessionFault(SessionError.Malformed, $"a record of {length} bytes"));
        }

        byte[] body = new byte[length];
        await StreamFraming.ReadExactlyAsync(_stream, body, cancellationToken);
        return _receive.Open(body)
            ?? throw new SessionException(new SessionFault(SessionError.DecryptionFailed, "a record"));
    }
}

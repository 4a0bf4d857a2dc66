using NSec.Cryptography;

namespace CocoonP2P.Libp2p;

/// <summary>
/// The XX handshake as a machine without I/O: both sides write and read three messages in turn. The initiator writes the
/// first and third, the responder the second.
/// </summary>
/// <remarks>Specification noise/README.md. An empty prologue, payloads in messages two and three only.</remarks>
internal sealed class NoiseHandshake : IDisposable
{
    private const int KeyBytes = 32;
    private const int SealedKeyBytes = KeyBytes + NoiseCipher.TagBytes;

    private readonly Identity _identity;
    private readonly bool _initiator;
    private readonly Key _ephemeral;
    private readonly Key _static;
    private readonly IReadOnlyList<string>? _muxers;
    private readonly NoiseSymmetricState _state = new(default);
    private byte[] _remoteEphemeral = [];
    private int _message;

    /// <summary>Takes both keys and disposes them. A static key serves one connection: its signature is not bound to the session.</summary>
    public NoiseHandshake(Identity identity, bool initiator, Key ephemeralKey, Key staticKey, IReadOnlyList<string>? muxers) =>
        (_identity, _initiator, _ephemeral, _static, _muxers) = (identity, initiator, ephemeralKey, staticKey, muxers);

    public NoiseHandshake(Identity identity, bool initiator, IReadOnlyList<string>? muxers)
        : this(identity, initiator, new Key(KeyAgreementAlgorithm.X25519), new Key(KeyAgreementAlgorithm.X25519), muxers)
    {
    }

    /// <summary>What the remote proved; null until its payload was read.</summary>
    public NoisePayload? Remote { get; private set; }

    public bool IsWriting => _message < 3 && (_message % 2 == 0) == _initiator;

    public bool IsDone => _message == 3;

    /// <summary>The next message to send, without its length.</summary>
    public byte[] Write() => _message++ switch
    {
        0 => WriteFirst(),
        1 => WriteSecond(),
        _ => WriteThird(),
    };

    /// <summary>Takes the remote's next message.</summary>
    /// <exception cref="Libp2pException">It is not genuine, or its identity does not hold.</exception>
    public void Read(ReadOnlySpan<byte> message)
    {
        bool valid = _message++ switch
        {
            0 => TryReadFirst(message),
            1 => TryReadSecond(message),
            _ => TryReadThird(message),
        };
        if (!valid)
        {
            throw Libp2pException.Violation("noise-handshake", $"handshake message {_message} does not hold");
        }
    }

    /// <summary>The keys to send and to receive with, and the hash both sides share.</summary>
    public (NoiseCipher Send, NoiseCipher Receive, byte[] Hash) Finish()
    {
        (NoiseCipher initiator, NoiseCipher responder) = _state.Split();
        return _initiator ? (initiator, responder, _state.Hash) : (responder, initiator, _state.Hash);
    }

    public void Dispose()
    {
        _ephemeral.Dispose();
        _static.Dispose();
        _state.Dispose();
    }

    private static byte[] PublicOf(Key key) => key.PublicKey.Export(KeyBlobFormat.RawPublicKey);

    /// <summary>-> e</summary>
    private byte[] WriteFirst()
    {
        byte[] ephemeral = PublicOf(_ephemeral);
        _state.MixHash(ephemeral);
        return [.. ephemeral, .. _state.EncryptAndHash(default)];
    }

    private bool TryReadFirst(ReadOnlySpan<byte> message)
    {
        if (message.Length < KeyBytes)
        {
            return false;
        }

        TakeEphemeral(message);
        return _state.DecryptAndHash(message[KeyBytes..]) is not null;
    }

    /// <summary>&lt;- e, ee, s, es</summary>
    private byte[] WriteSecond()
    {
        byte[] ephemeral = PublicOf(_ephemeral);
        _state.MixHash(ephemeral);
        MixOrRefuse(_ephemeral, _remoteEphemeral);
        byte[] sealedStatic = _state.EncryptAndHash(PublicOf(_static));
        MixOrRefuse(_static, _remoteEphemeral);
        return [.. ephemeral, .. sealedStatic, .. _state.EncryptAndHash(NoisePayload.Write(_identity, PublicOf(_static), _muxers))];
    }

    private bool TryReadSecond(ReadOnlySpan<byte> message)
    {
        if (message.Length < KeyBytes + SealedKeyBytes)
        {
            return false;
        }

        TakeEphemeral(message);
        return _state.TryMixKey(_ephemeral, _remoteEphemeral)
            && _state.DecryptAndHash(message.Slice(KeyBytes, SealedKeyBytes)) is { } remoteStatic
            && _state.TryMixKey(_ephemeral, remoteStatic)
            && TryReadPayload(message[(KeyBytes + SealedKeyBytes)..], remoteStatic);
    }

    /// <summary>-> s, se</summary>
    private byte[] WriteThird()
    {
        byte[] sealedStatic = _state.EncryptAndHash(PublicOf(_static));
        MixOrRefuse(_static, _remoteEphemeral);
        return [.. sealedStatic, .. _state.EncryptAndHash(NoisePayload.Write(_identity, PublicOf(_static), _muxers))];
    }

    private bool TryReadThird(ReadOnlySpan<byte> message) =>
        message.Length >= SealedKeyBytes
        && _state.DecryptAndHash(message[..SealedKeyBytes]) is { } remoteStatic
        && _state.TryMixKey(_ephemeral, remoteStatic)
        && TryReadPayload(message[SealedKeyBytes..], remoteStatic);

    private void TakeEphemeral(ReadOnlySpan<byte> message)
    {
        _remoteEphemeral = message[..KeyBytes].ToArray();
        _state.MixHash(_remoteEphemeral);
    }

    private bool TryReadPayload(ReadOnlySpan<byte> input, byte[] remoteStatic)
    {
        if (_state.DecryptAndHash(input) is { } plain && NoisePayload.TryRead(plain, remoteStatic, out NoisePayload? payload))
        {
            Remote = payload;
        }

        return Remote is not null;
    }

    private void MixOrRefuse(Key own, byte[] remote)
    {
        if (!_state.TryMixKey(own, remote))
        {
            throw Libp2pException.Violation("noise-handshake", "a key of low order");
        }
    }
}

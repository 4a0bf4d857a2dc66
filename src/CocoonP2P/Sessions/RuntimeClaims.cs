using System.Buffers;
using System.Text;
using MessagePack;

namespace CocoonP2P.Sessions;

/// <summary>
/// What the measured software says of itself, docs/protocol/session.md §6. The quote binds the hash of its canonical
/// bytes, so a verdict covers every field: nothing is paid to, and no receipt taken from, a key that is not here.
/// </summary>
internal sealed record RuntimeClaims
{
    private const int Fields = 12;

    /// <summary>Loaded models at most; a claim of 4 KiB holds 32 of 68 bytes easily.</summary>
    private const int MaxModels = 32;

    public required string Software { get; init; }

    /// <summary>Ids of the loaded models, 32 bytes each: the manifest they hash names every file's digest.</summary>
    public required IReadOnlyList<byte[]> Models { get; init; }

    public required byte[] ConfigurationHash { get; init; }

    public required string ExecutionProvider { get; init; }

    public required byte[] ProviderDigest { get; init; }

    public required byte[] DeterminismClass { get; init; }

    public required byte[] EventLogHash { get; init; }

    public required ulong GpuEpoch { get; init; }

    public required byte[] GpuEpochNonce { get; init; }

    /// <summary>Where earnings go, in raw form "0:hex".</summary>
    public required string PayoutAddress { get; init; }

    /// <summary>Ed25519 key that signs channel states, 32 bytes.</summary>
    public required byte[] WorkerKey { get; init; }

    /// <summary>Ed25519 key that signs receipts, made at boot, 32 bytes.</summary>
    public required byte[] ReceiptKey { get; init; }

    public byte[] Encode()
    {
        ArrayBufferWriter<byte> buffer = new();
        MessagePackWriter writer = new(buffer);
        writer.WriteArrayHeader(Fields);
        writer.Write(Software);
        writer.WriteArrayHeader(Models.Count);
        foreach (byte[] model in Models)
        {
            writer.Write(model);
        }

        writer.Write(ConfigurationHash);
        writer.Write(ExecutionProvider);
        writer.Write(ProviderDigest);
        writer.Write(DeterminismClass);
        writer.Write(EventLogHash);
        writer.Write(GpuEpoch);
        writer.Write(GpuEpochNonce);
        writer.Write(PayoutAddress);
        writer.Write(WorkerKey);
        writer.Write(ReceiptKey);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads claims; refuses any that would not encode to the same bytes.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out RuntimeClaims? claims)
    {
        claims = null;
        if (bytes.Length is 0 or > SessionLimits.ClaimsBytes)
        {
            return false;
        }

        try
        {
            MessagePackReader reader = new(bytes);
            RuntimeClaims? read = Read(ref reader);
            if (read is null || !reader.End || !read.Encode().AsSpan().SequenceEqual(bytes.Span))
            {
                return false;
            }

            claims = read;
            return true;
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException or OverflowException or ArgumentException)
        {
            return false;
        }
    }

    private static RuntimeClaims? Read(ref MessagePackReader reader)
    {
        if (reader.ReadArrayHeader() != Fields)
        {
            return null;
        }

        string software = Text(ref reader);
        int count = reader.ReadArrayHeader();
        if (count > MaxModels)
        {
            return null;
        }

        byte[][] models = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            models[i] = Bytes(ref reader, 32);
        }

        return new RuntimeClaims
        {
            Software = software,
            Models = models,
            ConfigurationHash = Bytes(ref reader, 32),
            ExecutionProvider = Text(ref reader),
            ProviderDigest = Bytes(ref reader, 32),
            DeterminismClass = Bytes(ref reader, 32),
            EventLogHash = Bytes(ref reader, 48),
            GpuEpoch = reader.ReadUInt64(),
            GpuEpochNonce = Bytes(ref reader, 32),
            PayoutAddress = Text(ref reader),
            WorkerKey = Bytes(ref reader, 32),
            ReceiptKey = Bytes(ref reader, 32),
        };
    }

    private static string Text(ref MessagePackReader reader)
    {
        ReadOnlySequence<byte> bytes = reader.ReadStringSequence() ?? throw new MessagePackSerializationException("text is nil");
        return bytes.Length <= 128 ? Encoding.UTF8.GetString(bytes) : throw new MessagePackSerializationException("text is too long");
    }

    private static byte[] Bytes(ref MessagePackReader reader, int length)
    {
        ReadOnlySequence<byte> bytes = reader.ReadBytes() ?? throw new MessagePackSerializationException("bytes are nil");
        return bytes.Length == length ? bytes.ToArray() : throw new MessagePackSerializationException("wrong length");
    }
}

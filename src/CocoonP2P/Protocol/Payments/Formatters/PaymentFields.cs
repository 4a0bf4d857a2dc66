using System.Buffers;
using System.Text;
using CocoonP2P.Payments;
using CocoonP2P.Ton;
using MessagePack;

namespace CocoonP2P.Protocol;

/// <summary>The fields that payment messages are made of, each with its bound.</summary>
internal static class PaymentFields
{
    private const int AddressBytes = 36;

    public static void Write(ref MessagePackWriter writer, Bits256 value) => writer.Write(value.ToArray());

    public static Bits256 ReadBits(ref MessagePackReader reader)
    {
        Span<byte> bytes = stackalloc byte[Bits256.Size];
        ReadExactly(ref reader, bytes);
        return new Bits256(bytes);
    }

    public static void Write(ref MessagePackWriter writer, Signature value) => writer.Write(value.ToArray());

    public static Signature ReadSignature(ref MessagePackReader reader)
    {
        Span<byte> bytes = stackalloc byte[Signature.Size];
        ReadExactly(ref reader, bytes);
        return Signature.From(bytes);
    }

    public static void Write(ref MessagePackWriter writer, NanoTon value) => writer.Write(value.Value);

    /// <summary>An amount below 2⁶³ nanoton.</summary>
    public static NanoTon ReadAmount(ref MessagePackReader reader)
    {
        ulong value = reader.ReadUInt64();
        Wire.Require(value < PriceList.AmountLimit, "amount of 2^63 or more");
        return new NanoTon(value);
    }

    /// <summary>Workchain (4 bytes, big-endian) and hash: one field.</summary>
    public static void Write(ref MessagePackWriter writer, Address value)
    {
        byte[] bytes = new byte[AddressBytes];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes, value.Workchain);
        value.Hash.CopyTo(bytes.AsSpan(sizeof(int)));
        writer.Write(bytes);
    }

    public static Address ReadAddress(ref MessagePackReader reader)
    {
        Span<byte> bytes = stackalloc byte[AddressBytes];
        ReadExactly(ref reader, bytes);
        int workchain = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes);
        Wire.Require(workchain == 0, "an address outside workchain 0");
        return new Address(workchain, new Bits256(bytes[sizeof(int)..]));
    }

    public static void Write(ref MessagePackWriter writer, StateBody body)
    {
        writer.Write(body.Seq);
        Write(ref writer, body.Cumulative);
        Write(ref writer, body.LocksHash);
        Write(ref writer, body.JobsRoot);
    }

    public static StateBody ReadBody(ref MessagePackReader reader) =>
        new(reader.ReadUInt64(), ReadAmount(ref reader), ReadBits(ref reader), ReadBits(ref reader));

    public static void Write(ref MessagePackWriter writer, FinalBody body)
    {
        writer.Write(body.Seq);
        Write(ref writer, body.Cumulative);
        writer.Write(body.ValidUntil);
        Write(ref writer, body.JobsRoot);
    }

    public static FinalBody ReadFinal(ref MessagePackReader reader) =>
        new(reader.ReadUInt64(), ReadAmount(ref reader), reader.ReadUInt32(), ReadBits(ref reader));

    public static void Write(ref MessagePackWriter writer, Usage usage)
    {
        writer.Write(usage.Prompt);
        writer.Write(usage.Cached);
        writer.Write(usage.Completion);
        writer.Write(usage.Reasoning);
        writer.Write(usage.BytesIn);
        writer.Write(usage.BytesOut);
        writer.Write(usage.Operations);
    }

    public static Usage ReadUsage(ref MessagePackReader reader)
    {
        Usage usage = new(
            reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32(),
            reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64());
        Wire.Require(usage.IsConsistent, "usage: a part above its whole");
        return usage;
    }

    /// <summary>A code: small ASCII, at most <see cref="Limits.CodeBytes"/>.</summary>
    public static string ReadCode(ref MessagePackReader reader)
    {
        Wire.Require(reader.TryReadStringSpan(out ReadOnlySpan<byte> code), "a code is not one string");
        Wire.Require(code.Length is >= 1 and <= Limits.CodeBytes && Ascii.IsValid(code), "a code");
        return Encoding.ASCII.GetString(code);
    }

    /// <summary>Opens a message's array: its fields and at most a few that a later version appended.</summary>
    public static int Open(ref MessagePackReader reader, int fields, MessagePackSerializerOptions options)
    {
        options.Security.DepthStep(ref reader);
        int count = reader.ReadArrayHeader();
        Wire.Require(count >= fields && count <= fields + Limits.LaterFields, "number of fields");
        return count - fields;
    }

    public static void Close(ref MessagePackReader reader, int later)
    {
        for (int extra = 0; extra < later; extra++)
        {
            reader.Skip();
        }

        reader.Depth--;
    }

    private static void ReadExactly(ref MessagePackReader reader, scoped Span<byte> target)
    {
        ReadOnlySequence<byte>? read = reader.ReadBytes();
        Wire.Require(read is { } bytes && bytes.Length == target.Length, "length of a field");
        read.Value.CopyTo(target);
    }
}

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CocoonP2P.Attestation;

/// <summary>
/// A crypto-agile event log (TCG PC Client Platform Firmware Profile 1.05, 10) of a trust domain: what was measured into
/// its registers, in order. The events' data is not authenticated and is not kept: rules go by digests.
/// </summary>
internal sealed class EventLog
{
    /// <summary>The whole file; a genuine one uses 18 KiB of 256.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MaxEvents = 4096;
    private const int MaxDigests = 8;
    private const int HashSize = 48;

    /// <summary>An event that extends nothing.</summary>
    private const uint NoAction = 3;

    private const uint EndOfLog = uint.MaxValue;
    private const ushort Sha384 = 0x000C;

    /// <summary>Register, type, 20 bytes of digest, length: the head of the first record alone.</summary>
    private const int FirstHeader = 32;

    private readonly List<(int Register, byte[] Digest)> extensions = [];

    private EventLog()
    {
    }

    /// <summary>How many records there are, the first not counted.</summary>
    public int Count { get; private set; }

    /// <summary>Reads until the end mark or the end of the bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out EventLog? log, out Reason reason)
    {
        var parsed = new EventLog();
        log = null;
        if (bytes.Length > MaxBytes)
        {
            return Refuse(ReasonCode.EventLogTooLarge, $"{bytes.Length} bytes, limit {MaxBytes}", out reason);
        }

        if (!TrySkipFirst(ref bytes, out reason))
        {
            return false;
        }

        while (!IsAtEnd(bytes))
        {
            if (parsed.Count == MaxEvents)
            {
                return Refuse(ReasonCode.EventLogTooLarge, $"more than {MaxEvents} events", out reason);
            }

            if (!parsed.TryReadEvent(ref bytes, out reason))
            {
                return false;
            }

            parsed.Count++;
        }

        log = parsed;
        return true;
    }

    /// <summary>The digests of one register's events, in order, 48 bytes each.</summary>
    public IEnumerable<byte[]> DigestsOf(int rtmr) =>
        extensions.Where(one => one.Register == rtmr).Select(one => one.Digest);

    /// <summary>Extends zeros with all events of a register: 48 bytes.</summary>
    public byte[] Replay(int rtmr)
    {
        byte[] state = new byte[2 * HashSize];
        foreach (byte[] digest in DigestsOf(rtmr))
        {
            digest.CopyTo(state, HashSize);
            SHA384.HashData(state, state.AsSpan(0, HashSize));
        }

        return state[..HashSize];
    }

    /// <summary>True if all four registers of a quote are what the events lead to.</summary>
    public bool LeadsTo(TdReportBody body)
    {
        for (int i = 0; i < 4; i++)
        {
            if (!body.Rtmr(i).SequenceEqual(Replay(i)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first record, in the older format, names the algorithms; each event's own header is what counts.</summary>
    private static bool TrySkipFirst(ref ReadOnlySpan<byte> bytes, out Reason reason)
    {
        reason = default;
        if (bytes.Length < FirstHeader || !bytes[FirstHeader..].StartsWith("Spec ID Event03\0"u8))
        {
            return Refuse(ReasonCode.EventLogTruncated, "no crypto-agile log", out reason);
        }

        uint size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]);
        return TrySkip(ref bytes, FirstHeader) && TrySkipData(ref bytes, size, out reason);
    }

    private bool TryReadEvent(ref ReadOnlySpan<byte> bytes, out Reason reason)
    {
        if (!TryU32(ref bytes, out uint index) || !TryU32(ref bytes, out uint type) || !TryU32(ref bytes, out uint count))
        {
            return Refuse(ReasonCode.EventLogTruncated, "in an event's head", out reason);
        }

        if (count > MaxDigests)
        {
            return Refuse(ReasonCode.EventLogTooLarge, $"{count} digests in one event", out reason);
        }

        if (!TryReadDigests(ref bytes, count, out byte[]? digest, out reason))
        {
            return false;
        }

        if (!TryU32(ref bytes, out uint size))
        {
            return Refuse(ReasonCode.EventLogTruncated, "in an event's length", out reason);
        }

        if (!TrySkipData(ref bytes, size, out reason) || type == NoAction)
        {
            return reason.Code == ReasonCode.None;
        }

        if (digest is null || index is < 1 or > 4)
        {
            return Refuse(ReasonCode.EventLogAlgorithm, $"an event of register {index} without its SHA-384 digest", out reason);
        }

        extensions.Add(((int)index - 1, digest));
        return true;
    }

    /// <summary>At most one digest, of SHA-384: TDX registers know no other.</summary>
    private static bool TryReadDigests(ref ReadOnlySpan<byte> bytes, uint count, out byte[]? digest, out Reason reason)
    {
        digest = null;
        reason = default;
        for (uint i = 0; i < count; i++)
        {
            if (bytes.Length < sizeof(ushort))
            {
                return Refuse(ReasonCode.EventLogTruncated, "in a digest", out reason);
            }

            ushort algorithm = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            if (algorithm != Sha384 || i > 0)
            {
                return Refuse(ReasonCode.EventLogAlgorithm, $"algorithm 0x{algorithm:x4}, digest {i + 1}", out reason);
            }

            if (bytes.Length < sizeof(ushort) + HashSize)
            {
                return Refuse(ReasonCode.EventLogTruncated, "in a digest", out reason);
            }

            digest = bytes.Slice(sizeof(ushort), HashSize).ToArray();
            bytes = bytes[(sizeof(ushort) + HashSize)..];
        }

        return true;
    }

    private static bool IsAtEnd(ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty
        || (bytes.Length >= 8
            && (BinaryPrimitives.ReadUInt32LittleEndian(bytes) == EndOfLog || BinaryPrimitives.ReadUInt64LittleEndian(bytes) == 0));

    private static bool TrySkipData(ref ReadOnlySpan<byte> bytes, uint size, out Reason reason)
    {
        reason = default;
        if (size > MaxBytes)
        {
            return Refuse(ReasonCode.EventLogTooLarge, $"{size} bytes of data in one event", out reason);
        }

        return TrySkip(ref bytes, (int)size) || Refuse(ReasonCode.EventLogTruncated, "in an event's data", out reason);
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> bytes, int size)
    {
        bool enough = bytes.Length >= size;
        bytes = enough ? bytes[size..] : default;
        return enough;
    }

    private static bool TryU32(ref ReadOnlySpan<byte> bytes, out uint value)
    {
        bool read = BinaryPrimitives.TryReadUInt32LittleEndian(bytes, out value);
        return TrySkip(ref bytes, sizeof(uint)) && read;
    }

    private static bool Refuse(ReasonCode code, string detail, out Reason reason)
    {
        reason = new Reason(code, detail);
        return false;
    }
}

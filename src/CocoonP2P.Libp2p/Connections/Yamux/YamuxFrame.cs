using System.Buffers.Binary;

namespace CocoonP2P.Libp2p;

/// <summary>The twelve bytes before everything yamux sends. <c>Length</c> is bytes, credit, a ping's value or a reason, by type.</summary>
/// <remarks>Specification yamux/README.md, "Framing".</remarks>
internal readonly record struct YamuxFrame(YamuxType Type, YamuxFlags Flags, uint Stream, uint Length)
{
    public const int Size = 12;

    public const string ProtocolId = "/yamux/1.0.0";

    public static bool TryRead(ReadOnlySpan<byte> from, out YamuxFrame frame)
    {
        frame = new YamuxFrame(
            (YamuxType)from[1],
            (YamuxFlags)BinaryPrimitives.ReadUInt16BigEndian(from[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(from[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(from[8..]));
        return from[0] == 0 && frame.Type <= YamuxType.GoAway;
    }

    public void Write(Span<byte> to)
    {
        to[0] = 0;
        to[1] = (byte)Type;
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)Flags);
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], Stream);
        BinaryPrimitives.WriteUInt32BigEndian(to[8..], Length);
    }
}

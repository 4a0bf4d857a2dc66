using System.Buffers.Text;

namespace CocoonP2P.Ton;

/// <summary>The friendly form: tag, workchain, hash and CRC16, 36 bytes in base64. (TEP 2.)</summary>
internal static class Friendly
{
    public const int TextLength = 48;
    private const int ByteLength = 36;
    private const int CheckedLength = 34;
    private const byte BounceableTag = 0x11;
    private const byte NonBounceableTag = 0x51;
    private const byte TestTag = 0x80;

    public static bool TryParse(string text, out Address address, out AddressFlags flags, out string code)
    {
        address = default;
        flags = AddressFlags.None;
        code = FormatCode.Address;
        Span<byte> bytes = stackalloc byte[ByteLength];
        Span<char> standard = stackalloc char[TextLength];
        text.AsSpan().Replace(standard, '-', '+');
        standard.Replace('_', '/');
        if (!Convert.TryFromBase64Chars(standard, bytes, out int written) || written != ByteLength)
        {
            return false;
        }

        if (Crc16.Compute(bytes[..CheckedLength]) != ((bytes[34] << 8) | bytes[35]))
        {
            code = FormatCode.AddressChecksum;
            return false;
        }

        byte tag = (byte)(bytes[0] & ~TestTag);
        sbyte workchain = unchecked((sbyte)bytes[1]);
        if (tag is not (BounceableTag or NonBounceableTag) || workchain is not (0 or -1))
        {
            return false;
        }

        flags = (tag == BounceableTag ? AddressFlags.Bounceable : AddressFlags.None)
            | ((bytes[0] & TestTag) != 0 ? AddressFlags.TestOnly : AddressFlags.None);
        address = new Address(workchain, new Bits256(bytes[2..CheckedLength]));
        return true;
    }

    public static string Format(Address address, bool bounceable, bool testOnly)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        bytes[0] = (byte)((bounceable ? BounceableTag : NonBounceableTag) | (testOnly ? TestTag : 0));
        bytes[1] = unchecked((byte)address.Workchain);
        address.Hash.CopyTo(bytes[2..]);
        int crc = Crc16.Compute(bytes[..CheckedLength]);
        bytes[34] = (byte)(crc >> 8);
        bytes[35] = (byte)(crc & 0xFF);
        return Base64Url.EncodeToString(bytes);
    }
}

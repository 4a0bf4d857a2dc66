namespace CocoonP2P.Ton;

/// <summary>CRC-16/XMODEM, polynomial 0x1021, of addresses and of the ids of get-methods.</summary>
internal static class Crc16
{
    public static int Compute(ReadOnlySpan<byte> data)
    {
        int crc = 0;
        foreach (byte next in data)
        {
            crc ^= next << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = ((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xFFFF;
            }
        }

        return crc;
    }
}

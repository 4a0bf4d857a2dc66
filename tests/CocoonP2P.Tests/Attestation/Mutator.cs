namespace CocoonP2P.Tests.Attestation;

/// <summary>Spoils bytes the way that parsers fear: lengths, tags, cuts, repeats, values at the edge. Seeded.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly byte[] Edges =
        [0x00, 0x01, 0x7F, 0x80, 0x81, 0x82, 0x83, 0x84, 0xFE, 0xFF, 0x30, 0x04, (byte)'"', (byte)'{', (byte)'[', (byte)'\\'];

    private readonly Random random = new(seed);

    public byte[] Spoil(byte[] genuine)
    {
        byte[] bytes = [.. genuine];
        for (int count = random.Next(1, 5); count > 0; count--)
        {
            bytes = Once(bytes);
        }

        return bytes;
    }

    private byte[] Once(byte[] bytes)
    {
        if (bytes.Length < 8)
        {
            return bytes;
        }

        int at = random.Next(bytes.Length - 4);
        switch (random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = Edges[random.Next(Edges.Length)];
                return bytes;
            case 2:
                bytes.AsSpan(at, 4).Fill(Edges[random.Next(Edges.Length)]);
                return bytes;
            case 3:
                return bytes[..at];
            case 4:
                return [.. bytes[..at], .. bytes[random.Next(at, bytes.Length)..]];
            case 5:
                return [.. bytes[..at], .. bytes.AsSpan(at, Math.Min(random.Next(64), bytes.Length - at)), .. bytes[at..]];
            default:
                bytes[at] = unchecked((byte)(bytes[at] + 1 - (2 * random.Next(2))));
                return bytes;
        }
    }
}

namespace CocoonP2P.Ton;

/// <summary>A point of edwards25519 in extended coordinates (RFC 8032, section 5.1.4). Public data only.</summary>
internal readonly struct EdwardsPoint
{
    private static readonly FieldElement D = new FieldElement(0) - (new FieldElement(121_665) * new FieldElement(121_666).Inverse());
    private static readonly FieldElement TwoD = D + D;

    /// <summary>A root of −1: two to the power of (modulus − 1) / 4.</summary>
    private static readonly FieldElement RootOfMinusOne = RootOf();

    public static readonly EdwardsPoint Identity = new(new FieldElement(0), new FieldElement(1), new FieldElement(1), new FieldElement(0));
    public static readonly EdwardsPoint Base = DecodeBase();

    private readonly FieldElement x;
    private readonly FieldElement y;
    private readonly FieldElement z;
    private readonly FieldElement t;

    private EdwardsPoint(FieldElement x, FieldElement y, FieldElement z, FieldElement t)
    {
        this.x = x;
        this.y = y;
        this.z = z;
        this.t = t;
    }

    /// <summary>Whether eight times the point is nothing: a key of such an order says yes to forgeries.</summary>
    public bool HasSmallOrder
    {
        get
        {
            EdwardsPoint eight = Double().Double().Double();
            return eight.x.IsZero && FieldElement.Equal(eight.y, eight.z);
        }
    }

    public EdwardsPoint Negated => new(new FieldElement(0) - x, y, z, new FieldElement(0) - t);

    /// <summary>Reads 32 bytes, and refuses every second spelling of a point.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out EdwardsPoint point)
    {
        point = Identity;
        Span<byte> again = stackalloc byte[FieldElement.Size];
        FieldElement y = FieldElement.Read(bytes);
        bool odd = (bytes[31] & 0x80) != 0;
        y.CopyTo(again);
        again[31] |= (byte)(odd ? 0x80 : 0);
        if (!again.SequenceEqual(bytes[..FieldElement.Size]) || !TryRecoverX(y, odd, out FieldElement x))
        {
            return false;
        }

        point = new EdwardsPoint(x, y, new FieldElement(1), x * y);
        return true;
    }

    public void Encode(Span<byte> bytes)
    {
        FieldElement inverse = z.Inverse();
        (y * inverse).CopyTo(bytes);
        bytes[31] |= (byte)((x * inverse).IsOdd ? 0x80 : 0);
    }

    public static EdwardsPoint operator +(EdwardsPoint p, EdwardsPoint q)
    {
        FieldElement a = (p.y - p.x) * (q.y - q.x);
        FieldElement b = (p.y + p.x) * (q.y + q.x);
        FieldElement c = p.t * TwoD * q.t;
        FieldElement zz = p.z * q.z;
        FieldElement d = zz + zz;
        return Compose(b - a, d - c, d + c, b + a);
    }

    public EdwardsPoint Double()
    {
        FieldElement a = x * x;
        FieldElement b = y * y;
        FieldElement zz = z * z;
        FieldElement h = a + b;
        FieldElement sum = x + y;
        FieldElement g = a - b;
        return Compose(h - (sum * sum), zz + zz + g, g, h);
    }

    /// <summary><paramref name="first"/> times <paramref name="p"/> plus <paramref name="second"/> times
    /// <paramref name="q"/>; both numbers are 32 bytes, least significant first.</summary>
    public static EdwardsPoint Combine(ReadOnlySpan<byte> first, EdwardsPoint p, ReadOnlySpan<byte> second, EdwardsPoint q)
    {
        EdwardsPoint both = p + q;
        EdwardsPoint result = Identity;
        for (int bit = 255; bit >= 0; bit--)
        {
            result = result.Double();
            int pick = ((first[bit >> 3] >> (bit & 7)) & 1) | (((second[bit >> 3] >> (bit & 7)) & 1) << 1);
            result = pick switch
            {
                1 => result + p,
                2 => result + q,
                3 => result + both,
                _ => result,
            };
        }

        return result;
    }

    private static EdwardsPoint Compose(FieldElement e, FieldElement f, FieldElement g, FieldElement h) => new(e * f, g * h, f * g, e * h);

    /// <summary>RFC 8032, section 5.1.3, steps 2 to 4.</summary>
    private static bool TryRecoverX(FieldElement y, bool odd, out FieldElement x)
    {
        FieldElement yy = y * y;
        FieldElement u = yy - new FieldElement(1);
        FieldElement v = (D * yy) + new FieldElement(1);
        FieldElement v3 = v * v * v;
        x = u * v3 * (u * v3 * v3 * v).PowForRoot();
        FieldElement square = v * x * x;
        if (!FieldElement.Equal(square, u))
        {
            if (!(square + u).IsZero)
            {
                return false;
            }

            x *= RootOfMinusOne;
        }

        if (x.IsZero && odd)
        {
            return false;
        }

        x = x.IsOdd == odd ? x : new FieldElement(0) - x;
        return true;
    }

    /// <summary>With e = 2²⁵² − 3, (modulus − 1) / 4 is 2e + 1.</summary>
    private static FieldElement RootOf()
    {
        FieldElement two = new(2);
        FieldElement power = two.PowForRoot();
        return power * power * two;
    }

    private static EdwardsPoint DecodeBase()
    {
        byte[] bytes = [0x58, .. Enumerable.Repeat((byte)0x66, 31)];
        return TryDecode(bytes, out EdwardsPoint point) ? point : Identity;
    }
}

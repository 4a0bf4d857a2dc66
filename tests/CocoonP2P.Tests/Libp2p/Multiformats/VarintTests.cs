using System.Globalization;
using CocoonP2P.Libp2p;
using CsCheck;

namespace CocoonP2P.Tests.Libp2p.Multiformats;

public sealed class VarintTests
{
    [Fact]
    public void Golden_numbers_read_and_write()
    {
        foreach (var vector in Vectors.All["varints"]!["good"]!.AsArray())
        {
            ulong value = ulong.Parse(vector!.Text("value"), CultureInfo.InvariantCulture);
            byte[] expected = vector!.Bytes("bytes");
            byte[] written = new byte[Varint.Length(value)];

            Assert.Equal(expected.Length, Varint.Write(written, value));
            Assert.Equal(expected, written);
            Assert.Equal(expected.Length, Varint.Read(expected, out ulong read));
            Assert.Equal(value, read);
        }
    }

    [Theory]
    [InlineData("8000", Varint.Malformed)]
    [InlineData("80", Varint.Incomplete)]
    [InlineData("", Varint.Incomplete)]
    [InlineData("ffffffffffffffffff01", Varint.Malformed)]
    [InlineData("ffffffffffffffffff", Varint.Malformed)]
    public void Bad_numbers_are_told_from_unfinished_ones(string hex, int expected) =>
        Assert.Equal(expected, Varint.Read(Convert.FromHexString(hex), out _));

    [Fact]
    public void Every_number_below_2_to_63_comes_back() => Gen.ULong.Where(v => v < 1UL << 63).Sample(value =>
    {
        byte[] bytes = new byte[Varint.MaxBytes];
        int written = Varint.Write(bytes, value);
        return Varint.Read(bytes.AsSpan(0, written), out ulong read) == written && read == value;
    });
}

using System.Text;
using CocoonP2P.Models;
using CsCheck;

namespace CocoonP2P.Tests.Models;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{ "b" : 1, "a" : [ true , null, "x" ] }""", """{"a":[true,null,"x"],"b":1}""")]
    [InlineData("""{"\u20ac":1,"\r":2,"1":3,"\ud83d\ude00":4,"\u0080":5,"\u00f6":6,"\ufb33":7}""",
        "{\"\\r\":2,\"1\":3,\"\u0080\":5,\"\u00f6\":6,\"\u20ac\":1,\"\ud83d\ude00\":4,\"\ufb33\":7}")]
    [InlineData("""["\u000f\u0041\u0042\u0022\u005c\u005c\u0022\/","\b\t\n\f\r"]""", "[\"\\u000fAB\\\"\\\\\\\\\\\"/\",\"\\b\\t\\n\\f\\r\"]")]
    [InlineData("[9007199254740991,-9007199254740991,0]", "[9007199254740991,-9007199254740991,0]")]
    public void A_text_has_one_form(string json, string expected)
    {
        Assert.True(CanonicalJson.TryWrite(Encoding.UTF8.GetBytes(json), out byte[] canonical, out _));
        Assert.Equal(expected, Encoding.UTF8.GetString(canonical));
        Assert.True(CanonicalJson.TryWrite(canonical, out byte[] again, out _));
        Assert.Equal(canonical, again);
    }

    [Theory]
    [InlineData("[1.5]")]
    [InlineData("[9007199254740992]")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("[1,]")]
    [InlineData("[[[[[[[[[[1]]]]]]]]]]")]
    [InlineData("")]
    [InlineData("""["\ud800"]""")]
    public void What_has_no_one_form_is_refused(string json) =>
        Assert.False(CanonicalJson.TryWrite(Encoding.UTF8.GetBytes(json), out _, out _));

    [Fact]
    public void Any_bytes_are_written_or_refused() =>
        Gen.Byte.Array[0, 64].Sample(bytes => { CanonicalJson.TryWrite(bytes, out _, out _); }, iter: 2_000);
}

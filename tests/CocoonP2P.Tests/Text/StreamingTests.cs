using System.Text;
using CocoonP2P.Inference;
using CocoonP2P.Text;
using CocoonP2P.Text.Streaming;
using CsCheck;

namespace CocoonP2P.Tests.Text;

public sealed class StreamingTests
{
    [Fact]
    public void Pieces_of_any_bytes_together_equal_the_decoding_of_the_whole() =>
        Gen.Select(Gen.Byte.Array[0, 40], Gen.Int[1, 5]).Sample((bytes, size) => Stream(bytes, size) == Encoding.UTF8.GetString(bytes));

    [Fact]
    public void Pieces_of_text_together_equal_the_text() =>
        Gen.Select(Gen.String.Where(TokenizerTests.IsWellFormed), Gen.Int[1, 3]).Sample((text, size) =>
            Stream(Encoding.UTF8.GetBytes(text), size) == text);

    [Fact]
    public void At_most_three_bytes_are_held_back()
    {
        Utf8Decoder decoder = new();
        StringBuilder text = new();
        decoder.Append("🙂"u8[..3], text);
        Assert.Equal(0, text.Length);
        decoder.Append("🙂"u8[3..], text);
        Assert.Equal("🙂", text.ToString());
    }

    [Fact]
    public void A_stop_string_ends_the_text_before_it_wherever_the_pieces_are_cut() =>
        Gen.Select(Pick.From('a', 'b', 'c').Array[0, 24], Gen.Int[1, 4]).Sample((chars, size) =>
        {
            string text = new(chars);
            StopMatcher matcher = new(["abc", "bb"]);
            string kept = string.Concat(text.Chunk(size).Select(piece => matcher.Append(new string(piece)))) + matcher.Finish();
            int[] found = [.. new[] { text.IndexOf("abc", StringComparison.Ordinal), text.IndexOf("bb", StringComparison.Ordinal) }.Where(at => at >= 0)];
            return found.Length == 0 ? kept == text && !matcher.Stopped : kept == text[..found.Min()] && matcher.Stopped;
        });

    [Fact]
    public void Only_what_may_become_a_stop_string_is_held_back()
    {
        StopMatcher matcher = new(["User:"]);
        Assert.Equal("Hello ", matcher.Append("Hello Us"));
        Assert.Equal("Us.", matcher.Append("."));
        Assert.Equal("", matcher.Append("User"));
        Assert.Equal("User", matcher.Finish());
    }

    [Fact]
    public void Nothing_follows_a_stop_string()
    {
        StopMatcher matcher = new(["!"]);
        Assert.Equal("a", matcher.Append("a!b"));
        Assert.Equal("", matcher.Append("c"));
        Assert.Equal("", matcher.Finish());
    }

    [Fact]
    public void Seventeen_stop_strings_an_empty_one_and_a_long_one_are_refused()
    {
        Refused([.. Enumerable.Repeat("a", 17)]);
        Refused([""]);
        Refused([new string('é', 65)]);
        Assert.NotNull(new StopMatcher([new string('é', 64)]));

        static void Refused(string[] stops) =>
            Assert.Equal(InferenceErrorCode.BadParameter, Assert.Throws<InferenceException>(() => new StopMatcher(stops)).Code);
    }

    [Fact]
    public void A_stream_of_tokens_is_their_text()
    {
        const string text = "Once upon a time 🙂 there was a lämp.";
        ITextStream stream = new TextStream(TokenizerFixture.Tiny, ["lämp"]);
        string all = string.Concat(TokenizerFixture.Tiny.Encode(MarkedText.FromData(text)).Select(id => stream.Append([id])));
        Assert.Equal("Once upon a time 🙂 there was a ", all + stream.Finish());
        Assert.True(stream.Stopped);
    }

    private static string Stream(byte[] bytes, int size)
    {
        Utf8Decoder decoder = new();
        StringBuilder text = new();
        foreach (byte[] piece in bytes.Chunk(size))
        {
            decoder.Append(piece, text);
        }

        decoder.Finish(text);
        return text.ToString();
    }
}

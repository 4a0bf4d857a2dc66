using System.Text;
using CocoonP2P.Text;
using CocoonP2P.Text.Tokenizing;
using CsCheck;

namespace CocoonP2P.Tests.Text;

public sealed class TokenizerTests
{
    private static readonly Tokenizer Tiny = TokenizerFixture.Tiny;

    [Fact]
    public void Decoding_what_was_encoded_gives_the_text_back() =>
        Gen.String[0, 60].Where(IsWellFormed).Sample(text =>
            TokenizerFixture.Decode(Tiny, Tiny.Encode(MarkedText.FromData(text))) == text);

    [Fact]
    public void Text_of_a_message_never_becomes_a_special_token() =>
        Pick.From("<|end|>", "<|user|>", "<|assistant|>", "<|", "end", "|>", " ", "a").Array[0, 12]
            .Select(string.Concat)
            .Sample(text => Tiny.Encode(MarkedText.FromData(text)).All(id => id > 3));

    [Fact]
    public void Text_of_the_template_becomes_special_tokens() =>
        Assert.Equal([1, 2, 3], Tiny.Encode(MarkedText.FromTemplate("<|user|><|assistant|><|end|>")));

    [Fact]
    public void A_special_token_that_a_message_completes_is_text()
    {
        MarkedText half = MarkedText.Concat([MarkedText.FromTemplate("<|en"), MarkedText.FromData("d|>")]);
        Assert.DoesNotContain(3, Tiny.Encode(half));
    }

    [Fact]
    public void Joining_by_heap_is_joining_pair_by_pair() =>
        Pick.From("the", "story", "lamp", " ", "a", "e", "xx", "aaaa").Array[1, 10].Select(string.Concat).Sample(text =>
            Tiny.Encode(MarkedText.FromData(text)).SequenceEqual(Naive.Encode(text)));

    [Fact]
    public void A_long_piece_costs_a_few_steps_a_byte()
    {
        // 200 kB in one piece: joining pair by pair would scan it once for every token.
        string text = string.Concat(Enumerable.Repeat("storylamp", 22_000));
        Assert.Equal(text, TokenizerFixture.Decode(Tiny, Tiny.Encode(MarkedText.FromData(text))));
    }

    [Fact]
    public void Digits_stand_alone() =>
        Assert.Equal(3, Tiny.Encode(MarkedText.FromData("123")).Length);

    [Theory]
    [InlineData("don't stop", "don|'t| stop")]
    [InlineData("  two", " | two")]
    [InlineData("a\n\nb", "a|\n|\n|b")]
    [InlineData("x  ", "x|  ")]
    [InlineData("wow!?", "wow|!?")]
    [InlineData("\U0001D400\U0001D401c", "\U0001D400\U0001D401c")]
    public void Byte_level_cuts_as_its_pattern_says(string text, string pieces) =>
        Assert.Equal(pieces.Split('|'), Pieces(new ByteLevelSplitter(), text));

    [Theory]
    [InlineData("I'LL go", "I|'LL| go")]
    [InlineData("x=1234", "x|=|123|4")]
    [InlineData("a\n\n  b", "a|\n\n| | b")]
    [InlineData("!\n\nx", "!\n\n|x")]
    [InlineData("(word", "(word")]
    [InlineData(" \n x", " \n| x")]
    public void The_larger_pattern_cuts_as_it_says(string text, string pieces) =>
        Assert.Equal(pieces.Split('|'), Pieces(new WordSplitter(3), text));

    [Fact]
    public void An_id_that_does_not_exist_decodes_to_nothing()
    {
        Assert.True(Tiny.BytesOf(-1).IsEmpty);
        Assert.True(Tiny.BytesOf(int.MaxValue).IsEmpty);
    }

    internal static bool IsWellFormed(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static List<string> Pieces(ISplitter splitter, string text)
    {
        List<string> pieces = [];
        for (int at = 0; at < text.Length; at += pieces[^1].Length)
        {
            pieces.Add(text.Substring(at, splitter.FirstPiece(text.AsSpan(at))));
        }

        return pieces;
    }
}

using System.Globalization;
using System.Text;
using CocoonP2P.Inference;
using CocoonP2P.Text;
using CocoonP2P.Text.Tokenizing;
using CsCheck;

namespace CocoonP2P.Tests.Text;

public sealed class UnigramTests
{
    private const string Metaspace = """{"type":"Metaspace","replacement":"\u2581","prepend_scheme":"always","split":false}""";

    private static readonly (string Piece, float Score)[] Pieces =
    [
        ("<unk>", 0), ("</s>", 0), ("\u2581", -4), ("a", -3), ("b", -3.5f), ("ab", -5), ("\u2581a", -4.5f), ("ba", -5.5f), ("aba", -7), ("é", -6), ("\u2581ab", -6), ("😀", -8),
    ];

    [Fact]
    public void The_likeliest_of_all_cuts_is_taken()
    {
        Tokenizer tokenizer = Load();
        Gen.Char["ab é"].Array[1, 9].Sample(chars =>
        {
            string text = new(chars);
            int[] ids = tokenizer.Encode(MarkedText.FromData(text));
            string marked = '\u2581' + text.Replace(' ', '\u2581');
            Assert.Equal(marked, string.Concat(ids.Select(id => Pieces[id].Piece)));
            Assert.Equal(BestScore(marked), ids.Sum(id => Pieces[id].Score), 1e-3);
        });
    }

    [Fact]
    public void A_run_of_characters_without_a_piece_is_one_unknown()
    {
        Tokenizer tokenizer = Load();
        Assert.Equal([6, 0, 4], tokenizer.Encode(MarkedText.FromData("axyz𝄞b")));
        Assert.Equal([2, 11], tokenizer.Encode(MarkedText.FromData("😀")));
        Assert.Equal([6, 0], tokenizer.Encode(MarkedText.FromData("a</s>")));
        Assert.Equal(" a"u8.ToArray(), tokenizer.BytesOf(6).ToArray());
        Assert.Empty(tokenizer.BytesOf(0).ToArray());
    }

    [Theory]
    [InlineData("\"normalizer\":{\"type\":\"NFKC\"},", "normalizer.NFKC")]
    [InlineData("\"post_processor\":{\"type\":\"TemplateProcessing\"},", "post_processor.TemplateProcessing")]
    public void A_component_that_is_not_implemented_is_refused_by_name(string extra, string name)
    {
        InferenceException refusal = Assert.Throws<InferenceException>(() => Load(extra));
        Assert.Equal(InferenceErrorCode.TokenizerUnsupported, refusal.Code);
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }

    private static double BestScore(string text) => text.Length == 0 ? 0 : Pieces.Skip(2)
        .Where(p => text.StartsWith(p.Piece, StringComparison.Ordinal))
        .Select(p => p.Score + BestScore(text[p.Piece.Length..]))
        .DefaultIfEmpty(double.NegativeInfinity).Max();

    private static Tokenizer Load(string extra = "")
    {
        string vocabulary = string.Join(',', Pieces.Select(p => string.Create(CultureInfo.InvariantCulture, $"[\"{p.Piece}\",{p.Score}]")));
        string added = """[{"id":1,"content":"</s>","special":true}]""";
        return TokenizerJson.Load(Encoding.UTF8.GetBytes(
            $"{{{extra}\"added_tokens\":{added},\"pre_tokenizer\":{Metaspace},\"decoder\":{Metaspace},\"model\":{{\"type\":\"Unigram\",\"unk_id\":0,\"vocab\":[{vocabulary}]}}}}"));
    }
}

using System.Text;
using System.Text.Json.Nodes;
using CocoonP2P.Inference;
using CocoonP2P.Text;
using CocoonP2P.Text.Tokenizing;
using CsCheck;

namespace CocoonP2P.Tests.Text;

public sealed class TokenizerJsonTests
{
    [Theory]
    [InlineData("normalizer", """{"type":"NFC"}""", "normalizer.NFC")]
    [InlineData("truncation", """{"max_length":5}""", "truncation")]
    [InlineData("padding", """{"strategy":"BatchLongest"}""", "padding")]
    [InlineData("decoder", """{"type":"WordPiece"}""", "decoder.WordPiece")]
    [InlineData("decoder", "null", "decoder null")]
    [InlineData("post_processor", """{"type":"TemplateProcessing"}""", "post_processor.TemplateProcessing")]
    [InlineData("pre_tokenizer", """{"type":"Metaspace"}""", "pre_tokenizer.Metaspace")]
    [InlineData("pre_tokenizer", "null", "pre_tokenizer null")]
    [InlineData("pre_tokenizer", """{"type":"Digits","individual_digits":true}""", "pre_tokenizer without ByteLevel")]
    [InlineData("pre_tokenizer", """{"type":"Split","pattern":{"Regex":"(a+)+$"},"behavior":"Isolated","invert":false}""", "pre_tokenizer.Split pattern")]
    [InlineData("model", """{"type":"WordPiece","vocab":{}}""", "model.WordPiece")]
    [InlineData("model", """{"type":"BPE","unk_token":"?","vocab":{},"merges":[]}""", "model.BPE.unk_token")]
    [InlineData("model", """{"type":"BPE","byte_fallback":true,"vocab":{},"merges":[]}""", "model.BPE.byte_fallback")]
    public void A_part_that_is_not_implemented_is_refused_by_its_name(string member, string value, string named)
    {
        byte[] json = TokenizerFixture.With(root => root[member] = JsonNode.Parse(value));
        InferenceException refusal = Assert.Throws<InferenceException>(() => TokenizerJson.Load(json));
        Assert.Equal(InferenceErrorCode.TokenizerUnsupported, refusal.Code);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"BPE","vocab":{"a":0,"b":0},"merges":[]}""")]
    [InlineData("""{"type":"BPE","vocab":{"a":-1},"merges":[]}""")]
    [InlineData("""{"type":"BPE","vocab":{"a":2000000000},"merges":[]}""")]
    [InlineData("""{"type":"BPE","vocab":{"a":0.5},"merges":[]}""")]
    [InlineData("""{"type":"BPE","vocab":{"a":0},"merges":["a b"]}""")]
    [InlineData("""{"type":"BPE","vocab":{"a":0},"merges":["a"]}""")]
    [InlineData("""{"type":"BPE","vocab":{"a":0},"merges":[["a"]]}""")]
    [InlineData("""{"type":"BPE","vocab":[],"merges":[]}""")]
    [InlineData("""{"type":"BPE","merges":[]}""")]
    public void A_file_that_breaks_its_own_rules_is_invalid(string model)
    {
        byte[] json = TokenizerFixture.With(root => root["model"] = JsonNode.Parse(model));
        Assert.Equal(InferenceErrorCode.ModelInvalid, Assert.Throws<InferenceException>(() => TokenizerJson.Load(json)).Code);
    }

    [Fact]
    public void Merges_may_be_pairs_too()
    {
        byte[] json = TokenizerFixture.With(root =>
        {
            JsonArray merges = root["model"]!["merges"]!.AsArray();
            root["model"]!["merges"] = new JsonArray(
                [.. merges.Select(merge => (JsonNode)new JsonArray([.. merge!.GetValue<string>().Split(' ').Select(half => (JsonNode)half)]))]);
        });
        MarkedText text = MarkedText.FromData("Tell me a story about a lamp.");
        Assert.Equal(TokenizerFixture.Tiny.Encode(text), TokenizerJson.Load(json).Encode(text));
    }

    [Fact]
    public void No_change_of_a_byte_ends_in_another_exception()
    {
        // A short file, so that most changes hit structure.
        byte[] json = Encoding.UTF8.GetBytes("""
            {"added_tokens":[{"id":3,"content":"<e>","special":true}],"normalizer":null,
            "pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false},"post_processor":null,"decoder":{"type":"ByteLevel"},
            "model":{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":["a b"]}}
            """);
        Assert.Equal([2, 0], TokenizerJson.Load(json).Encode(MarkedText.FromData("aba")));
        Gen.Select(Gen.Int[0, json.Length - 1], Gen.Byte).Array[1, 4].Sample(changes =>
        {
            byte[] mutant = [.. json];
            foreach ((int at, byte value) in changes)
            {
                mutant[at] = value;
            }

            try
            {
                TokenizerJson.Load(mutant).Encode(MarkedText.FromTemplate("abab<e>"));
            }
            catch (InferenceException)
            {
            }
        }, iter: 3000);
    }
}

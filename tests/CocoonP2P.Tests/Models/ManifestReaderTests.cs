using System.Text;
using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Tests.Inference.Support;

namespace CocoonP2P.Tests.Models;

public sealed class ManifestReaderTests
{
    private static readonly string Sound = Encoding.UTF8.GetString(RandomLlama.ManifestOf([1], [2]).Canonical.Span);

    [Fact]
    public void An_id_is_the_digest_of_the_canonical_form()
    {
        ModelManifest manifest = ManifestReader.Read(Encoding.UTF8.GetBytes(Sound.Replace(",", " , ", StringComparison.Ordinal)));
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Sound)), manifest.Id.ToArray());
        Assert.Equal("random-llama", manifest.Name);
    }

    [Theory]
    [InlineData("\"name\":\"random-llama\"", "\"name\":\"../x\"")]
    [InlineData("\"path\":\"model.onnx\"", "\"path\":\"../model.onnx\"")]
    [InlineData("\"path\":\"model.onnx\"", "\"path\":\"tokenizer.json\"")]
    [InlineData("\"path\":\"model.onnx\"", "\"path\":\"/etc/passwd\"")]
    [InlineData("\"role\":\"graph\"", "\"role\":\"code\"")]
    [InlineData("\"role\":\"graph\"", "\"role\":\"tokenizer\"")]
    [InlineData("\"context\":128", "\"context\":8")]
    [InlineData("\"max_tokens\":64", "\"max_tokens\":129")]
    [InlineData("\"layers\":2", "\"layers\":0")]
    [InlineData("\"eos\":[3]", "\"eos\":[256]")]
    [InlineData("\"eos\":[3]", "\"eos\":[]")]
    [InlineData("\"size\":1,", "\"size\":0,")]
    [InlineData("\"size\":1,", "\"size\":9007199254740991,")]
    [InlineData("\"sha256\":\"", "\"sha256\":\"00")]
    [InlineData("cocoonp2p/model/1", "cocoonp2p/model/2")]
    [InlineData("\"llm\":", "\"lml\":")]
    public void A_manifest_is_refused_for(string part, string instead)
    {
        Assert.Contains(part, Sound, StringComparison.Ordinal);
        int at = Sound.IndexOf(part, StringComparison.Ordinal);
        string bent = string.Concat(Sound.AsSpan(0, at), instead, Sound.AsSpan(at + part.Length));
        Assert.Equal(
            InferenceErrorCode.ModelInvalid,
            Assert.Throws<InferenceException>(() => ManifestReader.Read(Encoding.UTF8.GetBytes(bent))).Code);
    }

    [Theory]
    [InlineData("cocoon-llm/1", "cocoon-llm/2")]
    [InlineData("\"kv\":\"f32\"", "\"kv\":\"i8\"")]
    public void What_is_not_implemented_is_said_to_be(string part, string instead) =>
        Assert.Equal(
            InferenceErrorCode.ModelUnsupported,
            Assert.Throws<InferenceException>(() => ManifestReader.Read(
                Encoding.UTF8.GetBytes(Sound.Replace(part, instead, StringComparison.Ordinal)))).Code);
}

using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Text;
using CocoonP2P.Text.Grammar;

namespace CocoonP2P.Tests.Inference.Support;

/// <summary>A text side in which token n is the character U+0100 + n.</summary>
internal sealed class FakeText(ModelManifest manifest) : IModelText
{
    public string Name => manifest.Name;

    public ReadOnlyMemory<byte> Id => manifest.Id;

    public int ContextTokens => manifest.Limits.ContextTokens;

    public int MaxTokens => manifest.Limits.MaxTokens;

    public static string Decode(IEnumerable<int> ids) => string.Concat(ids.Select(id => (char)(0x100 + id)));

    public int Vocabulary => manifest.Limits.ContextTokens + 0x10000;

    public int Dimensions => manifest.Shape is EmbedShape embed ? embed.Dimensions : 0;

    public int[] EncodeChat(ChatPrompt prompt) => Encode(string.Concat(prompt.Turns.Select(t => t.Content)));

    public GrammarRefusal? CheckGrammar(OutputGrammar grammar) => null;

    public byte[] TokenBytes(int tokenId) => System.Text.Encoding.UTF8.GetBytes(Decode([tokenId]));

    public int[] Encode(string text) => [.. text.Select(c => c - 0x100)];

    public ITextStream OpenStream(IReadOnlyList<string> stopStrings) => new Stream(stopStrings);

    private sealed class Stream(IReadOnlyList<string> stops) : ITextStream
    {
        private string _all = "";

        public bool Stopped => stops.Any(s => _all.Contains(s, StringComparison.Ordinal));

        public string Append(ReadOnlySpan<int> tokenIds)
        {
            string piece = Decode(tokenIds.ToArray());
            _all += piece;
            return piece;
        }

        public string Finish() => "";
    }
}

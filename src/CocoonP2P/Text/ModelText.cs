using System.Diagnostics.CodeAnalysis;
using System.Text;
using CocoonP2P.Inference;
using CocoonP2P.Text.Grammar;
using CocoonP2P.Text.Streaming;
using CocoonP2P.Text.Templates;
using CocoonP2P.Text.Tokenizing;

namespace CocoonP2P.Text;

/// <summary>What the manifest says that the text side needs.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Id">SHA-256 of the canonical manifest, 32 bytes.</param>
/// <param name="ContextTokens">Most tokens of prompt and answer together.</param>
/// <param name="MaxTokens">Most tokens of one answer.</param>
/// <param name="Vocabulary">Rows of the embedding: no token may have a larger id.</param>
internal sealed record TextFacts(string Name, ReadOnlyMemory<byte> Id, int ContextTokens, int MaxTokens, int Vocabulary)
{
    /// <summary>Numbers of an embedding; 0 for a model that generates.</summary>
    public int Dimensions { get; init; }
}

/// <summary>The text side of a model: tokenizer.json and chat_template.jinja.</summary>
internal sealed class ModelText : IModelText
{
    private readonly TextFacts _facts;
    private readonly Tokenizer _tokenizer;
    private readonly ChatTemplate? _template;
    private readonly Lazy<TokenTrie> _vocabulary;

    private ModelText(TextFacts facts, Tokenizer tokenizer, ChatTemplate? template) =>
        (_facts, _tokenizer, _template, _vocabulary) = (facts, tokenizer, template, new(() => TokenTrie.Of(this, _tokenizer.VocabularySize)));

    public string Name => _facts.Name;

    public ReadOnlyMemory<byte> Id => _facts.Id;

    public int ContextTokens => _facts.ContextTokens;

    public int MaxTokens => _facts.MaxTokens;

    /// <summary>Whether some byte has no token, so that such characters vanish from a prompt.</summary>
    public bool IsLossy => _tokenizer.IsLossy;

    /// <summary>Reads both files, whose digests the caller has checked; a model that embeds has no template.</summary>
    /// <exception cref="InferenceException">TokenizerUnsupported, TemplateError, or ModelInvalid.</exception>
    public static ModelText Load(TextFacts facts, ReadOnlyMemory<byte> tokenizerJson, ReadOnlyMemory<byte>? chatTemplate)
    {
        Tokenizer tokenizer = TokenizerJson.Load(tokenizerJson);
        if (tokenizer.VocabularySize > facts.Vocabulary)
        {
            throw TokenizerJson.Invalid($"{tokenizer.VocabularySize} tokens, but the model has {facts.Vocabulary}");
        }

        return new ModelText(facts, tokenizer, chatTemplate is { } template ? ChatTemplate.Load(ReadTemplate(template)) : null);
    }

    public int Vocabulary => _facts.Vocabulary;

    public int Dimensions => _facts.Dimensions;

    public int[] EncodeChat(ChatPrompt prompt) => _template is not null
        ? _tokenizer.Encode(_template.Render(prompt))
        : throw new InferenceException(InferenceErrorCode.TemplateError, $"{Name} embeds and does not chat.");

    public GrammarRefusal? CheckGrammar(OutputGrammar grammar) =>
        GrammarCompiler.TryCompile(grammar, _vocabulary.Value, out _, out GrammarRefusal? refusal) ? null : refusal;

    public byte[] TokenBytes(int tokenId) => _tokenizer.BytesOf(tokenId).ToArray();

    public int[] Encode(string text) => _tokenizer.Encode(MarkedText.FromData(text));

    public ITextStream OpenStream(IReadOnlyList<string> stopStrings) => new TextStream(_tokenizer, stopStrings);

    private static string ReadTemplate(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.Span);
        }
        catch (DecoderFallbackException)
        {
            throw new InferenceException(InferenceErrorCode.TemplateError, "chat template: not UTF-8");
        }
    }
}

/// <summary>The models that this node has texts of.</summary>
/// <param name="texts">One for each model.</param>
internal sealed class ModelCatalog(IReadOnlyList<IModelText> texts) : IModelCatalog
{
    public IReadOnlyList<IModelText> Texts => texts;

    public bool TryFind(string nameOrId, [NotNullWhen(true)] out IModelText? model)
    {
        model = texts.FirstOrDefault(text => text.Name == nameOrId)
            ?? texts.FirstOrDefault(text => Convert.ToHexString(text.Id.Span).Equals(nameOrId, StringComparison.OrdinalIgnoreCase));
        return model is not null;
    }
}

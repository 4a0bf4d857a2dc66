using System.Diagnostics.CodeAnalysis;
using CocoonP2P.Inference;
using CocoonP2P.Text.Grammar;

namespace CocoonP2P.Text;

/// <summary>The models whose text side (tokenizer, chat template) this node has, worker or client.</summary>
internal interface IModelCatalog
{
    /// <summary>Every model known, by name and id.</summary>
    IReadOnlyList<IModelText> Texts { get; }

    /// <summary>Finds a model by its name or by the hex of its id.</summary>
    bool TryFind(string nameOrId, [NotNullWhen(true)] out IModelText? model);
}

/// <summary>The text side of one model: pure, and safe to use from many threads.</summary>
internal interface IModelText
{
    /// <summary>The manifest's name.</summary>
    string Name { get; }

    /// <summary>SHA-256 of the canonical manifest, 32 bytes.</summary>
    ReadOnlyMemory<byte> Id { get; }

    /// <summary>Most tokens of prompt and answer together.</summary>
    int ContextTokens { get; }

    /// <summary>Most tokens of one answer.</summary>
    int MaxTokens { get; }

    /// <summary>No token has an id as large as this.</summary>
    int Vocabulary { get; }

    /// <summary>Numbers of an embedding; 0 for a model that generates.</summary>
    int Dimensions { get; }

    /// <summary>Renders the chat template, ready for the assistant's turn, and tokenizes it.</summary>
    /// <exception cref="InferenceException">TemplateError.</exception>
    int[] EncodeChat(ChatPrompt prompt);

    /// <summary>Compiles a grammar for this model's vocabulary, as a worker will, so that a bad one is found before anything is paid.</summary>
    /// <returns>Why a worker would refuse it; null: it would not.</returns>
    GrammarRefusal? CheckGrammar(OutputGrammar grammar);

    /// <summary>The bytes that a token stands for: not always whole characters; empty for a special one.</summary>
    byte[] TokenBytes(int tokenId);

    /// <summary>Tokenizes plain text. No text ever becomes a special token.</summary>
    int[] Encode(string text);

    /// <summary>Starts decoding one answer.</summary>
    ITextStream OpenStream(IReadOnlyList<string> stopStrings);
}

/// <summary>Decodes one answer as it arrives: complete characters only, nothing behind a stop string.</summary>
internal interface ITextStream
{
    /// <summary>Takes the next token ids, returns the text that is certain now; may be empty.</summary>
    string Append(ReadOnlySpan<int> tokenIds);

    /// <summary>Ends the answer, returns what was held back.</summary>
    string Finish();

    /// <summary>Whether a stop string was met; nothing is returned after it.</summary>
    bool Stopped { get; }
}

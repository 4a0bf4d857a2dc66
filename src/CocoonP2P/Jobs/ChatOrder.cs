using CocoonP2P.Inference;
using CocoonP2P.Protocol;
using CocoonP2P.Text;

namespace CocoonP2P.Jobs;

/// <summary>What a user asks for.</summary>
/// <param name="Model">Name or id.</param>
internal sealed record ChatOrder(string Model)
{
    /// <summary>The conversation; null where <see cref="PromptText"/> or <see cref="PromptIds"/> is given.</summary>
    public ChatPrompt? Chat { get; init; }

    /// <summary>A bare text to go on with.</summary>
    public string? PromptText { get; init; }

    /// <summary>The same as token ids of the model.</summary>
    public ReadOnlyMemory<int>? PromptIds { get; init; }

    /// <summary>What the output must match; tools make theirs.</summary>
    public OutputGrammar? Grammar { get; init; }

    /// <summary>Most tokens of the answer; null for the model's own bound.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>With the seed, which the client has drawn where the user gave none.</summary>
    public required SamplingParameters Sampling { get; init; }

    /// <summary>Stop strings.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>Answers to the one prompt, 1 to 8; each is a job of its own.</summary>
    public int Choices { get; init; } = 1;

    /// <summary>−1: none; else alternatives for each token, 0 to 20.</summary>
    public int TopLogprobs { get; init; } = -1;

    /// <summary>What this order adds to what every order has.</summary>
    public OrderTerms Terms { get; init; } = OrderTerms.Default;
}

/// <summary>Texts to embed.</summary>
/// <param name="Model">Name or id.</param>
/// <param name="Inputs">At least one; texts, or token ids of the model.</param>
internal sealed record EmbeddingOrder(string Model, IReadOnlyList<EmbeddingInput> Inputs)
{
    /// <summary>What this order adds to what every order has.</summary>
    public OrderTerms Terms { get; init; } = OrderTerms.Default;
}

/// <summary>One text to embed: either form.</summary>
internal sealed record EmbeddingInput(string? Text, ReadOnlyMemory<int> Ids);

/// <summary>What holds for an order of any kind.</summary>
internal sealed record OrderTerms
{
    public static readonly OrderTerms Default = new();

    /// <summary>Most that the whole order may cost; null for payment.max_per_job.</summary>
    public NanoTon? MaxCost { get; init; }

    /// <summary>Whom fairness counts the order to, such as the name of an API key; stays on this node.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Two orders with the same key and tenant are one: the second gets the first one's answer; "" for none.</summary>
    public string IdempotencyKey { get; init; } = "";

    /// <summary>Most time until the answer is complete; null for the node's own bound.</summary>
    public TimeSpan? Timeout { get; init; }
}

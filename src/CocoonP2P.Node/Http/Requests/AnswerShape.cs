using CocoonP2P.Jobs;

namespace CocoonP2P.Node.Http.Requests;

/// <summary>What the answer must look like, apart from what the model is asked.</summary>
/// <param name="Stream">Server-sent events instead of one document.</param>
/// <param name="IncludeUsage">A last chunk with the usage.</param>
internal readonly record struct AnswerShape(bool Stream, bool IncludeUsage);

/// <summary>A POST to /v1/chat/completions.</summary>
/// <param name="Order">For the engine.</param>
/// <param name="Shape">For the answer.</param>
internal sealed record ChatRequest(ChatOrder Order, AnswerShape Shape);

/// <summary>A POST to /v1/completions.</summary>
/// <param name="Orders">One for each prompt.</param>
/// <param name="Shape">For the answer.</param>
/// <param name="Echo">The prompt comes before each answer.</param>
/// <param name="Choices">Answers to each prompt; the orders may ask for more, of which the likeliest are kept.</param>
/// <param name="Logprobs">The answers show log probabilities.</param>
internal sealed record CompletionRequest(IReadOnlyList<ChatOrder> Orders, AnswerShape Shape, bool Echo, int Choices, bool Logprobs);

/// <summary>A POST to /v1/embeddings.</summary>
/// <param name="Order">For the engine.</param>
/// <param name="Base64">Vectors as little-endian single floats in base64 instead of lists of numbers.</param>
/// <param name="Dimensions">Numbers of each vector; null for all that the model gives.</param>
internal sealed record EmbeddingRequest(EmbeddingOrder Order, bool Base64, int? Dimensions);

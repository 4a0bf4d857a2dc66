using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CocoonP2P.Sessions;
using CocoonP2P.Text;
using Microsoft.Extensions.AI;

namespace CocoonP2P.Client;

/// <summary>Makes an order of a request of Microsoft.Extensions.AI. What cannot be done is refused, never ignored.</summary>
internal static class ChatOrders
{
    /// <param name="messages">The conversation.</param>
    /// <param name="options">null for every default.</param>
    /// <param name="model">Where the options name none.</param>
    /// <param name="random">Draws the seed where the options have none.</param>
    /// <exception cref="ArgumentException">Naming the option.</exception>
    public static ChatOrder Of(IEnumerable<ChatMessage> messages, ChatOptions? options, string model, RandomSource random)
    {
        options ??= new ChatOptions();
        RefuseForeign(options);
        IReadOnlyList<ToolDefinition> tools = ChatTools.Of(options);
        ChatTurn[] instructions = options.Instructions is { Length: > 0 } text ? [new ChatTurn("system", text)] : [];
        ChatTurn[] turns = [.. instructions, .. messages.SelectMany(MessageTurns.Of)];
        return new ChatOrder(options.ModelId ?? model)
        {
            Chat = turns.Length > 0 ? new ChatPrompt(turns) { Tools = tools } : throw new ArgumentException("There is no message.", nameof(messages)),
            Grammar = Grammar(tools, options),
            MaxTokens = options.MaxOutputTokens,
            Sampling = Sampling(options, random),
            Stop = [.. options.StopSequences ?? []],
            Terms = OrderOptions.Read(options.AdditionalProperties),
        };
    }

    private static OutputGrammar? Grammar(IReadOnlyList<ToolDefinition> tools, ChatOptions options)
    {
        OutputGrammar? format = options.ResponseFormat switch
        {
            ChatResponseFormatJson { Schema: { } schema } => new OutputGrammar(GrammarKind.JsonSchema, schema.GetRawText()),
            ChatResponseFormatJson => new OutputGrammar(GrammarKind.JsonObject, ""),
            _ => null,
        };
        OutputGrammar? calls = ChatTools.Grammar(tools, options);
        return calls is null || format is null
            ? calls ?? format
            : throw new ArgumentException("An answer that may call tools has no other format: leave out ResponseFormat, or set ToolMode to None.", nameof(options));
    }

    private static SamplingParameters Sampling(ChatOptions options, RandomSource random)
    {
        SamplingParameters defaults = new();
        return defaults with
        {
            Seed = options.Seed is long seed ? unchecked((ulong)seed) : Draw(random),
            Temperature = options.Temperature ?? defaults.Temperature,
            TopP = options.TopP ?? defaults.TopP,
            TopK = options.TopK ?? defaults.TopK,
            PresencePenalty = options.PresencePenalty ?? defaults.PresencePenalty,
            FrequencyPenalty = options.FrequencyPenalty ?? defaults.FrequencyPenalty,
        };
    }

    private static ulong Draw(RandomSource random)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        random(bytes);
        return BitConverter.ToUInt64(bytes);
    }

    private static void RefuseForeign(ChatOptions options)
    {
        string? foreign = options.ConversationId is not null ? nameof(options.ConversationId)
            : options.RawRepresentationFactory is not null ? nameof(options.RawRepresentationFactory)
            : null;
        if (foreign is not null)
        {
            throw new ArgumentException($"options.{foreign} is not supported: no worker keeps a conversation.", nameof(options));
        }
    }
}

using CocoonP2P.Inference;
using CocoonP2P.Protocol;
using CocoonP2P.Text;

namespace CocoonP2P.Jobs;

/// <summary>Orders as jobs: tokens are counted here, before anybody is asked for a price.</summary>
internal static class OrderSpecs
{
    /// <summary>One job for each choice.</summary>
    /// <exception cref="CocoonException">Usage, TooLarge, UnknownModel.</exception>
    public static IReadOnlyList<JobSpec> Of(ChatOrder order, IModelText text)
    {
        if (text.Dimensions > 0)
        {
            throw new CocoonException(ErrorCode.UnknownModel, $"{text.Name} makes embeddings and no text", "cocoon models list shows what each model does");
        }

        if (order.Choices is < 1 or > Limits.ChoicesOfOrder)
        {
            throw new CocoonException(ErrorCode.Usage, $"{order.Choices} choices; 1 to {Limits.ChoicesOfOrder} can be had", "ask for fewer at once");
        }

        if (order.Grammar is { } grammar && text.CheckGrammar(grammar) is { } refused)
        {
            throw new CocoonException(ErrorCode.Usage, $"the answer's form cannot be asked for: {refused}", "change the schema at that place");
        }

        int[] prompt = Prompt(order, text);
        int room = text.ContextTokens - prompt.Length;
        if (room < 1 || prompt.Length >= Limits.PromptTokens)
        {
            throw new CocoonException(
                ErrorCode.TooLarge, $"the prompt has {prompt.Length} tokens, and {text.Name} takes {text.ContextTokens - 1} at most", "send a shorter prompt");
        }

        if (prompt.Length == 0 || prompt.Any(id => id < 0 || id >= text.Vocabulary))
        {
            throw new CocoonException(ErrorCode.Usage, "the prompt has no token, or one that the model does not have", "send a text, or ids of this model");
        }

        // Prompt and answer together are what another worker would be sent to go on from.
        int most = Math.Min(Math.Min(order.MaxTokens ?? text.MaxTokens, text.MaxTokens), Math.Min(room, Limits.PromptTokens - prompt.Length));
        if (most < 1)
        {
            throw new CocoonException(ErrorCode.Usage, "an answer has at least one token", "raise max_tokens");
        }

        return
        [
            .. Enumerable.Range(0, order.Choices).Select(choice => new JobSpec(
                text.Id, prompt, most, order.Sampling with { Choice = choice }, order.Stop)
            {
                TopLogprobs = order.TopLogprobs,
                Grammar = order.Grammar,
            }),
        ];
    }

    /// <summary>One job for all texts.</summary>
    /// <exception cref="CocoonException">Usage, TooLarge, UnknownModel.</exception>
    public static JobSpec Of(EmbeddingOrder order, IModelText text)
    {
        if (text.Dimensions is 0 or > Limits.Dimensions)
        {
            throw new CocoonException(ErrorCode.UnknownModel, $"{text.Name} makes no embeddings", "cocoon models list shows what each model does");
        }

        int[][] inputs = [.. order.Inputs.Select(input => input.Text is null ? input.Ids.ToArray() : text.Encode(input.Text))];
        if (inputs.Length == 0 || inputs.Any(ids => ids.Length == 0 || ids.Any(id => id < 0 || id >= text.Vocabulary)))
        {
            throw new CocoonException(ErrorCode.Usage, "a text to embed has no token, or one that the model does not have", "send texts, or ids of this model");
        }

        int longest = inputs.Max(ids => ids.Length), all = inputs.Sum(ids => ids.Length);
        if (inputs.Length > Limits.Inputs || longest > text.ContextTokens || all > Limits.PromptTokens)
        {
            throw new CocoonException(
                ErrorCode.TooLarge,
                $"{inputs.Length} texts of {longest} tokens at most and {all} together; {text.Name} takes {Limits.Inputs} of {text.ContextTokens} and {Limits.PromptTokens} together",
                "send fewer or shorter texts at once");
        }

        return new JobSpec(text.Id, inputs.SelectMany(ids => ids).ToArray(), 1, new SamplingParameters(), [])
        {
            Inputs = [.. inputs.Select(ids => ids.Length)],
        };
    }

    private static int[] Prompt(ChatOrder order, IModelText text)
    {
        if (order.PromptIds is { } ids)
        {
            return ids.ToArray();
        }

        if (order.Chat is not { } chat)
        {
            return text.Encode(order.PromptText ?? "");
        }

        try
        {
            return text.EncodeChat(chat);
        }
        catch (InferenceException e)
        {
            throw new CocoonException(ErrorCode.Usage, $"the model's chat template refuses this conversation: {e.Message}", "look at the roles and their order");
        }
    }
}

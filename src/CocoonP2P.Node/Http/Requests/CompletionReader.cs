using CocoonP2P.Jobs;

namespace CocoonP2P.Node.Http.Requests;

/// <summary>Reads a POST to /v1/completions: one or more prompts, each a text or token ids.</summary>
internal sealed class CompletionReader
{
    private const int MostPrompts = 16;
    private const int MostTop = 5;

    private readonly CommonFields _common = new();
    private Field? _prompt;
    private bool _echo;
    private int? _bestOf;
    private int? _logprobs;

    /// <exception cref="BadFieldException">Naming the field.</exception>
    public static CompletionRequest Read(Field body, OrderTerms terms)
    {
        CompletionReader reader = new();
        foreach (Member member in body.Members())
        {
            reader.Take(member);
        }

        return reader.Request(terms);
    }

    private void Take(Member member)
    {
        Field field = member.Field;
        switch (member.Name)
        {
            case "prompt": _prompt = field; break;
            case "echo": _echo = field.Flag(); break;
            case "best_of": _bestOf = field.Whole(1, 8); break;
            case "logprobs": _logprobs = field.Whole(0, MostTop); break;
            default:
                if (!_common.Take(member))
                {
                    throw member.Unknown();
                }

                break;
        }
    }

    private CompletionRequest Request(OrderTerms terms)
    {
        AnswerShape shape = _common.Shape();
        int choices = _common.Choices, runs = _bestOf ?? choices;
        if (runs < choices || (runs > choices && _common.Stream))
        {
            throw new BadFieldException("best_of", "send at least n; and as many as n in a stream, where none can be taken back");
        }

        if (_echo && _logprobs is not null)
        {
            throw new BadFieldException("echo", "log probabilities are of the answer alone: leave one of the two out");
        }

        ChatOrder order = new(_common.Model)
        {
            MaxTokens = _common.MaxTokens,
            Sampling = _common.Sampling,
            Stop = _common.Stop,
            Choices = runs,
            TopLogprobs = _logprobs ?? (runs > choices ? 0 : -1),
            Terms = terms,
        };
        return new CompletionRequest([.. Prompts().Select(prompt => WithPrompt(order, prompt))], shape, _echo, choices, _logprobs is not null);
    }

    private List<Field> Prompts()
    {
        Field prompt = _prompt ?? throw new BadFieldException("prompt", "send a text, token ids, or a list of these");
        List<Field> prompts = prompt.IsList && !TokenIds.Are(prompt) ? [.. prompt.Items(MostPrompts)] : [prompt];
        return prompts.Count > 0 ? prompts : throw prompt.Bad("send at least one prompt");
    }

    private ChatOrder WithPrompt(ChatOrder order, Field prompt) =>
        !TokenIds.Are(prompt) ? order with { PromptText = prompt.Text() is { Length: > 0 } text ? text : throw prompt.Bad("send a text that is not empty") }
        : _echo ? throw new BadFieldException("echo", "send the prompt as a text")
        : order with { PromptIds = TokenIds.Read(prompt) };
}

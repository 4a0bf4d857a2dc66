using System.Text;
using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CocoonP2P.Protocol;
using CocoonP2P.Text;
using CocoonP2P.Text.Tools;

namespace CocoonP2P.Node.Http.Requests;

/// <summary>Reads a POST to /v1/chat/completions: a field that this node does not support is named, never ignored.</summary>
internal sealed class ChatReader
{
    private readonly CommonFields _common = new();
    private IReadOnlyList<ChatTurn>? _turns;
    private IReadOnlyList<ToolDefinition> _tools = [];
    private ToolChoice _choice = ToolChoice.Auto;
    private OutputGrammar? _format;
    private bool _parallel = true;
    private bool _logprobs;
    private int? _topLogprobs;

    /// <exception cref="BadFieldException">Naming the field.</exception>
    public static ChatRequest Read(Field body, OrderTerms terms)
    {
        ChatReader reader = new();
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
            case "messages": _turns = MessagesField.Read(field); break;
            case "tools": _tools = ToolsField.Read(field); break;
            case "tool_choice": _choice = ToolChoice.Read(field); break;
            case "parallel_tool_calls": _parallel = field.Flag(); break;
            case "response_format": _format = ResponseFormat.Read(field); break;
            case "logprobs": _logprobs = field.Flag(); break;
            case "top_logprobs": _topLogprobs = field.Whole(0, 20); break;
            // These ask for what happens anyway.
            case "store" when !field.Flag(): break;
            case "modalities" when field.Items(1).All(item => item.Text() == "text"): break;
            case "service_tier" when field.Text() is "auto" or "default": break;
            default:
                if (!_common.Take(member))
                {
                    throw member.Unknown();
                }

                break;
        }
    }

    private ChatRequest Request(OrderTerms terms)
    {
        AnswerShape shape = _common.Shape();
        if (_topLogprobs is not null && !_logprobs)
        {
            throw new BadFieldException("top_logprobs", "send it with logprobs: true");
        }

        bool calls = _tools.Count > 0 && _choice.Mode != "none";
        ChatOrder order = new(_common.Model)
        {
            Chat = new ChatPrompt(_turns ?? throw new BadFieldException("messages", "send at least one message")) { Tools = calls ? _tools : [] },
            Grammar = Grammar(calls),
            MaxTokens = _common.MaxTokens,
            Sampling = _common.Sampling,
            Stop = _common.Stop,
            Choices = _common.Choices,
            TopLogprobs = _logprobs ? _topLogprobs ?? 0 : -1,
            Terms = terms,
        };
        return new ChatRequest(order, shape);
    }

    private OutputGrammar? Grammar(bool calls)
    {
        if (_choice.Mode == "required" && !_tools.Any(tool => _choice.Only is null || tool.Name == _choice.Only))
        {
            throw new BadFieldException("tool_choice", "choose one of the tools that the request has");
        }

        return !calls ? _format
            : _format is null ? Calls()
            : throw new BadFieldException("response_format", "an answer that may call tools has no other format: send tool_choice \"none\", or leave one of the two out");
    }

    private OutputGrammar Calls()
    {
        OutputGrammar grammar = ToolGrammar.Of(
            _tools.Where(tool => _choice.Only is null || tool.Name == _choice.Only), _choice.Mode == "required", _parallel);
        return Encoding.UTF8.GetByteCount(grammar.Schema) <= Limits.GrammarBytes
            ? grammar
            : throw new BadFieldException("tools", $"send at most {Limits.GrammarBytes} bytes of schemas together");
    }
}

using CocoonP2P.Inference;

namespace CocoonP2P.Node.Http.Requests;

/// <summary>The fields that chat and text completions share, taken one by one.</summary>
internal sealed class CommonFields
{
    private const int MostTokens = 1 << 20;

    public string Model { get; private set; } = "";

    public int? MaxTokens { get; private set; }

    public SamplingParameters Sampling { get; private set; } = SamplingFields.Default();

    public IReadOnlyList<string> Stop { get; private set; } = [];

    public int Choices { get; private set; } = 1;

    public bool Stream { get; private set; }

    private Field? _streamOptions;

    /// <summary>Whether the member was one of these.</summary>
    public bool Take(Member member)
    {
        Field field = member.Field;
        switch (member.Name)
        {
            case "model": Model = field.Text(256); return true;
            case "max_tokens" or "max_completion_tokens": MaxTokens = Tokens(field); return true;
            case "stop": Stop = StopField.Read(field); return true;
            case "n": Choices = field.Whole(1, 8); return true;
            case "stream": Stream = field.Flag(); return true;
            case "stream_options": _streamOptions = field; return true;
            // Who asks is nobody else's business: none of these leaves this node.
            case "user" or "safety_identifier" or "prompt_cache_key": field.Text(); return true;
            default:
                SamplingParameters? sampling = SamplingFields.Take(Sampling, member);
                Sampling = sampling ?? Sampling;
                return sampling is not null;
        }
    }

    /// <summary>Once every member was taken.</summary>
    public AnswerShape Shape()
    {
        if (Model.Length == 0)
        {
            throw new BadFieldException("model", "name one of /v1/models");
        }

        return _streamOptions is not Field options ? new AnswerShape(Stream, false)
            : Stream ? new AnswerShape(true, StreamOptions.IncludesUsage(options))
            : throw options.Bad("send it with stream alone");
    }

    private int Tokens(Field field)
    {
        int tokens = field.Whole(1, MostTokens);
        return MaxTokens is null || MaxTokens == tokens ? tokens : throw field.Bad("max_tokens and max_completion_tokens differ; send one");
    }
}

using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CocoonP2P.Payments;
using CocoonP2P.Sessions;
using Microsoft.Extensions.AI;

namespace CocoonP2P.Client;

/// <summary>The parts of one answer as updates of Microsoft.Extensions.AI.</summary>
/// <param name="model">As the request named it.</param>
/// <param name="created">When it was asked.</param>
internal sealed class AnswerUpdates(string model, DateTimeOffset created)
{
    private readonly CallPieces _calls = new();
    private string _id = "";
    private bool _called;
    private bool _resumed;

    /// <summary>What this part tells the user; null for nothing yet.</summary>
    public ChatResponseUpdate? Take(AnswerPart part) => part switch
    {
        AnswerPart.Accepted accepted => Begin(accepted),
        AnswerPart.Text { Delta.Length: > 0 } text => Update(new TextContent(text.Delta)),
        AnswerPart.ToolCall piece => Called(_calls.Take(piece)),
        AnswerPart.Resumed resumed => GoOn(resumed),
        AnswerPart.Finished end => End(end),
        _ => null,
    };

    private ChatResponseUpdate Begin(AnswerPart.Accepted accepted)
    {
        _id = "cocoon-" + accepted.Job;
        return From(accepted.Job, accepted.Worker, accepted.Verdict);
    }

    private ChatResponseUpdate GoOn(AnswerPart.Resumed resumed)
    {
        _resumed = true;
        return From(resumed.Job, resumed.Worker, resumed.Verdict);
    }

    /// <summary>Who answers. The verdict itself is the update's raw representation, which no cache or log writes down.</summary>
    private ChatResponseUpdate From(string job, string worker, Verdict verdict)
    {
        ChatResponseUpdate update = Update();
        update.RawRepresentation = verdict;
        update.AdditionalProperties = new AdditionalPropertiesDictionary
        {
            [CocoonProperties.Job] = job,
            [CocoonProperties.Worker] = worker,
            [CocoonProperties.Verdict] = verdict.ToString(),
        };
        return update;
    }

    private ChatResponseUpdate? Called(FunctionCallContent? call)
    {
        _called = true;
        return call is null ? null : Update(call);
    }

    private ChatResponseUpdate End(AnswerPart.Finished end)
    {
        ChatResponseUpdate update = Update();
        if (_calls.Finish() is FunctionCallContent last)
        {
            update.Contents.Add(last);
        }

        update.Contents.Add(new UsageContent(Details(end.Usage)));
        update.FinishReason = _called ? ChatFinishReason.ToolCalls : end.Reason == FinishReason.Length ? ChatFinishReason.Length : ChatFinishReason.Stop;
        update.AdditionalProperties = new AdditionalPropertiesDictionary
        {
            [CocoonProperties.Cost] = (long)end.Cost.Value,
            [CocoonProperties.Resumed] = _resumed,
        };
        return update;
    }

    private ChatResponseUpdate Update(params IList<AIContent> contents) => new(ChatRole.Assistant, [.. contents])
    {
        ResponseId = _id,
        MessageId = _id,
        ModelId = model,
        CreatedAt = created,
    };

    private static UsageDetails Details(Usage usage) => new()
    {
        InputTokenCount = usage.Prompt,
        OutputTokenCount = usage.Completion,
        TotalTokenCount = (long)usage.Prompt + usage.Completion,
        CachedInputTokenCount = usage.Cached,
    };
}

using CocoonP2P.Node.Http.Requests;

namespace CocoonP2P.Node.Http.Responses;

/// <summary>text_completion</summary>
internal static class CompletionDocument
{
    public static byte[] Write(AnswerHead head, Answer answer, CompletionRequest request) => OpenAiJson.Write(w =>
    {
        head.Write(w);
        w.WriteStartArray("choices");
        int index = 0;
        foreach ((Choice choice, string prompt) in Kept(answer, request))
        {
            string before = request.Echo ? prompt : "";
            w.WriteStartObject();
            w.WriteNumber("index", index++);
            w.WriteString("text", before + choice.Text);
            TextLogprobsJson.Write(w, request.Logprobs ? choice.Logprobs : [], before.Length);
            w.WriteString("finish_reason", choice.Finish);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        UsageJson.Write(w, answer.Usage, answer.Cost);
        answer.Provenance.Write(w, answer.Cost);
    });

    /// <summary>Of each prompt's answers as many as were asked for: the likeliest, in the order in which they were drawn.</summary>
    private static IEnumerable<(Choice Choice, string Prompt)> Kept(Answer answer, CompletionRequest request) =>
        request.Orders.SelectMany((order, i) =>
        {
            IEnumerable<Choice> drawn = answer.Choices.Skip(i * order.Choices).Take(order.Choices);
            IEnumerable<Choice> kept = order.Choices == request.Choices ? drawn
                : drawn.OrderByDescending(choice => choice.MeanLogprob).Take(request.Choices).OrderBy(choice => choice.Index);
            return kept.Select(choice => (choice, order.PromptText ?? ""));
        });
}

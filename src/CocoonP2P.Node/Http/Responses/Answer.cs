using CocoonP2P.Jobs;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;

namespace CocoonP2P.Node.Http.Responses;

/// <summary>What came back so far: the choices, who gave them, and what they cost.</summary>
/// <param name="choices">How many the orders asked for.</param>
/// <param name="keep">Whether text is kept for a document: a stream has sent it on.</param>
internal sealed class Answer(int choices, bool keep)
{
    /// <summary>By index.</summary>
    public IReadOnlyList<Choice> Choices { get; } = [.. Enumerable.Range(0, choices).Select(index => new Choice(index))];

    public Provenance Provenance { get; } = new();

    public Usage Usage { get; private set; } = new();

    public NanoTon Cost { get; private set; }

    public bool IsFinished => Choices.All(choice => choice.IsFinished);

    public void Add(AnswerPart part)
    {
        Choices[part.Choice].Add(part, keep);
        switch (part)
        {
            case AnswerPart.Accepted accepted:
                Provenance.Add(accepted);
                break;
            case AnswerPart.Resumed resumed:
                Provenance.Add(resumed);
                break;
            case AnswerPart.Finished end:
                Usage = new Usage(Usage.Prompt + end.Usage.Prompt, Usage.Cached + end.Usage.Cached, Usage.Completion + end.Usage.Completion);
                Cost += end.Cost;
                break;
        }
    }
}

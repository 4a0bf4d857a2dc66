using System.Runtime.CompilerServices;
using CocoonP2P.Jobs;

namespace CocoonP2P.Text.Tools;

/// <summary>The parts of an answer with the calls in its text split out, for endpoint and library alike.</summary>
internal static class ToolCallStream
{
    /// <summary>Passes every part on; text that is a call becomes <see cref="AnswerPart.ToolCall"/> pieces.</summary>
    public static async IAsyncEnumerable<AnswerPart> SplitAsync(
        IAsyncEnumerable<AnswerPart> parts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<int, Choice> choices = [];
        await foreach (AnswerPart part in parts.WithCancellation(cancellationToken))
        {
            if (part is AnswerPart.Accepted accepted)
            {
                choices[part.Choice] = new Choice(accepted.Job, part.Choice);
            }

            Choice? choice = choices.GetValueOrDefault(part.Choice);
            foreach (AnswerPart split in choice?.Take(part) ?? [part])
            {
                yield return split;
            }
        }
    }

    private sealed class Choice(string job, int index)
    {
        private readonly ToolCallParser _parser = new();

        public IEnumerable<AnswerPart> Take(AnswerPart part) => part switch
        {
            AnswerPart.Text text => [.. Pieces(_parser.Append(text.Delta), text.Logprobs)],
            AnswerPart.Finished => [.. Pieces(_parser.Finish(), []), part],
            _ => [part],
        };

        /// <summary>The tokens' log probabilities go with the first piece, or alone.</summary>
        private IEnumerable<AnswerPart> Pieces(IReadOnlyList<ToolPiece> pieces, IReadOnlyList<DecodedLogprobs> logprobs)
        {
            if (logprobs.Count > 0)
            {
                bool plain = pieces is [{ Call: < 0 }, ..];
                yield return new AnswerPart.Text(plain ? pieces[0].Text : "") { Choice = index, Logprobs = logprobs };
                pieces = plain ? [.. pieces.Skip(1)] : pieces;
            }

            foreach (ToolPiece piece in pieces)
            {
                yield return piece.Call < 0
                    ? new AnswerPart.Text(piece.Text) { Choice = index }
                    : new AnswerPart.ToolCall(piece.Call, Id(piece.Call), piece.Name, piece.Text) { Choice = index };
            }
        }

        /// <summary>Unique, and the same when an answer is told again.</summary>
        private string Id(int call) => FormattableString.Invariant($"call_{job[..Math.Min(20, job.Length)]}_{index}_{call}");
    }
}

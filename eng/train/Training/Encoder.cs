using CocoonP2P.Inference;
using CocoonP2P.Inference.Text;
using CocoonP2P.Inference.Text.Tokenizing;

namespace CocoonP2P.Train.Training;

/// <summary>Conversations as the chat template would render them, with a mark on what the assistant says.</summary>
internal static class Encoder
{
    public static Sequence Encode(Tokenizer tokenizer, IReadOnlyList<ChatTurn> turns)
    {
        List<int> ids = [];
        List<bool> learnt = [];
        foreach (ChatTurn turn in turns)
        {
            bool assistant = turn.Role == "assistant";
            int[] opening = tokenizer.Encode(MarkedText.FromTemplate($"<|{turn.Role}|>"));
            int[] content = [.. tokenizer.Encode(MarkedText.FromData(turn.Content)), Vocabulary.TokenizerFile.End];
            ids.AddRange([.. opening, .. content]);
            learnt.AddRange([.. opening.Select(_ => false), .. content.Select(_ => assistant)]);
        }

        return new Sequence([.. ids], [.. learnt]);
    }
}

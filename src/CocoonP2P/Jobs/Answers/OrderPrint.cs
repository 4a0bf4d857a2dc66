using System.Security.Cryptography;
using System.Text;
using CocoonP2P.Inference;
using CocoonP2P.Protocol;
using CocoonP2P.Text;

namespace CocoonP2P.Jobs;

/// <summary>
/// What makes two orders the same: a hash of everything that was asked for, 32 bytes. Not the seed, which is drawn where the
/// user gave none, and not the terms.
/// </summary>
internal static class OrderPrint
{
    public static byte[] Of(ChatOrder order)
    {
        SigningBytes bytes = new SigningBytes("chat").Text(order.Model).Text(order.PromptText ?? "")
            .Bytes(TokenIdsFormat.Bytes((order.PromptIds ?? default).Span)).U32((uint)(order.Chat?.Turns.Count ?? 0));
        foreach (ChatTurn turn in order.Chat?.Turns ?? [])
        {
            bytes.Text(turn.Role).Text(turn.Content).Text(turn.ToolCallId).U32((uint)turn.ToolCalls.Count);
            foreach (ToolCall call in turn.ToolCalls)
            {
                bytes.Text(call.Id).Text(call.Name).Text(call.Arguments);
            }
        }

        foreach (ToolDefinition tool in order.Chat?.Tools ?? [])
        {
            bytes.Text(tool.Name).Text(tool.Description).Text(tool.Parameters);
        }

        SamplingParameters sampling = order.Sampling with { Seed = 0, Bias = [] };
        bytes.U8(GrammarFormat.Number(order.Grammar)).Text(order.Grammar?.Schema ?? "").U32((uint)(order.MaxTokens ?? 0))
            .Bytes(LogitBiasFormat.Bytes(order.Sampling.Bias)).U32((uint)order.Choices).U32((uint)(order.TopLogprobs + 1)).U32((uint)order.Stop.Count);
        foreach (string stop in order.Stop)
        {
            bytes.Text(stop);
        }

        float[] numbers =
        [
            sampling.Temperature, sampling.TopP, sampling.TopK, sampling.MinP, sampling.PresencePenalty, sampling.FrequencyPenalty, sampling.RepetitionPenalty,
        ];
        return SHA256.HashData(bytes.Bytes(VectorFormat.Bytes(numbers)).ToArray());
    }

    public static byte[] Of(EmbeddingOrder order)
    {
        SigningBytes bytes = new SigningBytes("embedding").Text(order.Model);
        foreach (EmbeddingInput input in order.Inputs)
        {
            bytes.Text(input.Text ?? "").Bytes(TokenIdsFormat.Bytes(input.Ids.Span));
        }

        return SHA256.HashData(bytes.ToArray());
    }
}

/// <summary>What a part of an answer takes in memory, in bytes, roughly.</summary>
internal static class OrderSizes
{
    public static int Of(AnswerPart part) => part switch
    {
        AnswerPart.Text text => 64 + Encoding.UTF8.GetMaxByteCount(text.Delta.Length) + text.Logprobs.Sum(l => 64 * (1 + l.Top.Count)),
        AnswerPart.ToolCall call => 128 + call.Arguments.Length,
        _ => 512,
    };

    public static int Of(EmbeddingAnswer answer) => 512 + answer.Vectors.Sum(v => 4 * v.Length);
}

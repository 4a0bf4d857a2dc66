using System.Globalization;
using System.Security.Cryptography;
using CocoonP2P.Inference;

namespace CocoonP2P.Node.Http.Requests;

/// <summary>How each next token is chosen: OpenAI's parameters and the extensions top_k, min_p and repetition_penalty.</summary>
internal static class SamplingFields
{
    private const int MostBiases = 300;

    /// <summary>OpenAI's defaults, with a seed of this request's own.</summary>
    public static SamplingParameters Default() => new() { Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) };

    /// <summary>Takes a member of the body.</summary>
    /// <returns>The parameters with it; null where it is not about sampling.</returns>
    public static SamplingParameters? Take(SamplingParameters sampling, Member member)
    {
        Field field = member.Field;
        return member.Name switch
        {
            "temperature" => sampling with { Temperature = field.Number(0, 2) },
            "top_p" => sampling with { TopP = field.Number(float.Epsilon, 1) },
            "top_k" => sampling with { TopK = field.Whole(0, 1 << 20) },
            "min_p" => sampling with { MinP = field.Number(0, 1) },
            "presence_penalty" => sampling with { PresencePenalty = field.Number(-2, 2) },
            "frequency_penalty" => sampling with { FrequencyPenalty = field.Number(-2, 2) },
            "repetition_penalty" => sampling with { RepetitionPenalty = field.Number(0.01f, 2) },
            "seed" => sampling with { Seed = unchecked((ulong)field.Long()) },
            "logit_bias" => sampling with { Bias = Biases(field) },
            _ => null,
        };
    }

    /// <summary>{"TOKEN ID": bias}</summary>
    private static List<LogitBias> Biases(Field field)
    {
        List<LogitBias> biases = [];
        foreach (Member member in field.Members())
        {
            if (!int.TryParse(member.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int id) || biases.Count == MostBiases)
            {
                throw field.Bad($"send at most {MostBiases} members, each a token id of the model with a bias from -100 to 100");
            }

            biases.Add(new LogitBias(id, member.Field.Number(-100, 100)));
        }

        return biases;
    }
}

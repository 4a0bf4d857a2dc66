using CocoonP2P.Inference;
using CsCheck;

namespace CocoonP2P.Tests.Jobs;

/// <summary>Parts of specifications and answers, drawn.</summary>
internal static class JobSpecs
{
    public static readonly Gen<SamplingParameters> Sampling =
        from seed in Gen.ULong
        from temperature in Gen.Single[0, 2]
        from choice in Gen.Int[0, 127]
        from bias in Gen.Select(Gen.Int[0, 999], Gen.Single[-100, 100], (id, change) => new LogitBias(id, change)).Array[0, 5]
        select new SamplingParameters { Seed = seed, Temperature = temperature, Choice = choice, Bias = bias };

    public static readonly Gen<OutputGrammar?> Grammar = Gen.OneOf(
        Gen.Const((OutputGrammar?)null),
        Gen.Const((OutputGrammar?)new OutputGrammar(GrammarKind.JsonObject, "")),
        Gen.String[Gen.Char['a', 'é'], 1, 30].Select(schema => (OutputGrammar?)new OutputGrammar(GrammarKind.JsonSchema, schema)));

    public static readonly Gen<TokenLogprobs> Logprobs = Gen.Select(
        Gen.Single[-99, 0],
        Gen.Select(Gen.Int[0, 999], Gen.Single[-99, 0], (id, logprob) => new TokenAlternative(id, logprob)).Array[0, 20],
        (own, top) => new TokenLogprobs(own, top));
}

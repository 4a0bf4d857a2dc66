using System.Text.Json;
using System.Text.RegularExpressions;
using CocoonP2P.Inference;
using CocoonP2P.Text.Grammar;
using Json.Schema;

namespace CocoonP2P.Tests.Text.Grammar;

public sealed class PatternTests
{
    [Theory]
    [InlineData("^[a-z]{2,4}$")]
    [InlineData("^(foo|ba+r)?x*$")]
    [InlineData(@"^\d{3}-\d{4}$")]
    [InlineData("^[^\"a-y]+$")]
    [InlineData(@"^\w+@\w+\.(?:com|org)$")]
    [InlineData(@"^\W\S\D$")]
    [InlineData(@"^[\s\S]{0,3}$")]
    [InlineData(@"^(?<year>\d{4})(?:-\d\d)?$")]
    [InlineData("^.{1,5}$")]
    [InlineData("abc")]
    [InlineData("^ab")]
    [InlineData("^[à-ÿ日\u0800-\u0fff-]{1,3}$")]
    [InlineData(@"^\x41\u00e9[\n\t\\""]$")]
    [InlineData("^(a*)*b$")]
    public void What_is_said_matches(string pattern)
    {
        CompiledGrammar grammar = Vocabularies.Compile(
            GrammarKind.JsonSchema, $$"""{"type":"string","pattern":{{JsonSerializer.Serialize(pattern)}}}""");
        Regex regex = new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        int whole = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            if (Speaker.Say(grammar, new Random(seed), [Vocabularies.EndToken], Vocabularies.Bytes.Vocabulary) is { } answer)
            {
                whole++;
                string said = JsonSerializer.Deserialize<string>(answer)!;
                Assert.True(regex.IsMatch(said), $"{pattern} does not match {answer}");
            }
        }

        Assert.True(whole > 100, $"{whole} whole");
    }

    [Theory]
    [InlineData("^[a-c]+$", "\"abc\"", true)]
    [InlineData("^[a-c]+$", "\"abd\"", false)]
    [InlineData("^[a-c]+$", "\"\"", false)]
    [InlineData("^é|ü$", "\"é\"", null)]
    [InlineData("^(?:é|日本)$", "\"日本\"", true)]
    [InlineData("b", "\"abc\"", true)]
    [InlineData(@"a\$$", "\"xa$\"", true)]
    [InlineData(@"a\$$", "\"a$x\"", false)]
    [InlineData("^\"$", "\"\\\"\"", true)]
    public void A_string_is_taken_if_it_matches(string pattern, string answer, bool? taken)
    {
        OutputGrammar schema = new(GrammarKind.JsonSchema, $$"""{"pattern":{{JsonSerializer.Serialize(pattern)}}}""");
        bool compiled = GrammarCompiler.TryCompile(schema, Vocabularies.Bytes, out CompiledGrammar? grammar, out _);
        Assert.Equal(taken is not null, compiled);
        Assert.Equal(taken ?? false, compiled && Speaker.Takes(grammar!, answer));
    }

    [Theory]
    [InlineData("(?=a)")]
    [InlineData("(?<!a)b")]
    [InlineData(@"(a)\1")]
    [InlineData(@"\bword")]
    [InlineData(@"\p{L}")]
    [InlineData("a^b")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("[z-a]")]
    [InlineData("a{3,2}")]
    [InlineData("a{99999}")]
    [InlineData("*a")]
    [InlineData("a\\")]
    [InlineData("😀")]
    [InlineData("((a{1000}){1000}){1000}")]
    public void What_is_not_regular_or_too_much_is_refused(string pattern)
    {
        OutputGrammar schema = new(GrammarKind.JsonSchema, $$"""{"type":"string","pattern":{{JsonSerializer.Serialize(pattern)}}}""");
        Assert.False(GrammarCompiler.TryCompile(schema, Vocabularies.Bytes, out _, out GrammarRefusal? refusal));
        Assert.True(refusal.Keyword is "pattern" or "");
    }

    [Theory]
    [InlineData("date")]
    [InlineData("time")]
    [InlineData("date-time")]
    [InlineData("duration")]
    [InlineData("email")]
    [InlineData("hostname")]
    [InlineData("ipv4")]
    [InlineData("ipv6")]
    [InlineData("uuid")]
    [InlineData("uri")]
    public void A_format_is_what_another_program_takes_for_it(string format)
    {
        string schema = $$"""{"type":"string","format":"{{format}}"}""";
        CompiledGrammar grammar = Vocabularies.Compile(GrammarKind.JsonSchema, schema);
        JsonSchema judge = JsonSchema.FromText(schema);
        for (int seed = 0; seed < 200; seed++)
        {
            if (Speaker.Say(grammar, new Random(seed), [Vocabularies.EndToken], Vocabularies.Bytes.Vocabulary) is { } answer)
            {
                using JsonDocument document = JsonDocument.Parse(answer);
                Assert.True(judge.Evaluate(document.RootElement, new EvaluationOptions { RequireFormatValidation = true }).IsValid, answer);
            }
        }
    }

    [Theory]
    [InlineData("""{"format":"regex"}""", "format")]
    [InlineData("""{"format":"date","pattern":"a"}""", "format")]
    [InlineData("""{"pattern":"^a+$","maxLength":3}""", "maxLength")]
    [InlineData("""{"pattern":"^a{1,4}$","minLength":2}""", "minLength")]
    public void What_a_pattern_cannot_stand_beside_is_refused(string schema, string keyword)
    {
        Assert.False(GrammarCompiler.TryCompile(
            new OutputGrammar(GrammarKind.JsonSchema, schema), Vocabularies.Bytes, out _, out GrammarRefusal? refusal));
        Assert.Equal(keyword, refusal.Keyword);
    }
}

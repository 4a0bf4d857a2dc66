using CocoonP2P.Inference;
using CocoonP2P.Text;
using CocoonP2P.Text.Templates;
using CsCheck;

namespace CocoonP2P.Tests.Text;

public sealed class TemplateTests
{
    private static readonly ChatTurn[] Two = [new("system", "Be kind."), new("user", " Hi <|end|> ")];

    [Theory]
    [InlineData("{{ 1 + 2 * 3 }} {{ -7 // 2 }} {{ -7 % 3 }}", "7 -4 2")]
    [InlineData("{{ 'a' ~ 1 ~ true }}", "a1True")]
    [InlineData("{{ 'yes' if messages else 'no' }}{{ 'x' if false }}", "yes")]
    [InlineData("{% for m in messages %}{{ loop.index }}/{{ loop.length }}:{{ m.role }};{% endfor %}", "1/2:system;2/2:user;")]
    [InlineData("{% for m in messages if m['role'] == 'user' %}{{ m.content | trim }}{% endfor %}", "Hi <|end|>")]
    [InlineData("{% for m in [] %}x{% else %}none{% endfor %}", "none")]
    [InlineData("{% set ns = namespace(n=0) %}{% for m in messages %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}", "2")]
    [InlineData("{% set n = 1 %}{% for m in messages %}{% set n = 5 %}{% endfor %}{{ n }}", "1")]
    [InlineData("{% macro show(m, end='!') %}{{ m.role }}{{ end }}{% endmacro %}{{ show(messages[0]) }}{{ show(messages[-1], end='?') }}", "system!user?")]
    [InlineData("{% if messages[0].role == 'x' %}a{% elif messages | length > 1 %}b{% else %}c{% endif %}", "b")]
    [InlineData("{{ messages[1:][0].role }} {{ 'abc'[::-1] }} {{ 'abcd'[1:3] }}", "user cba bc")]
    [InlineData("{{ x is defined }} {{ messages is iterable }} {{ none is none }} {{ 'a' is not string }}", "False True True False")]
    [InlineData("{{ 'a,b'.split(',') | join('-') }} {{ 'abab'.replace('a', 'x') }} {{ 'abc'.startswith('ab') }}", "a-b xbxb True")]
    [InlineData("{{ messages | map(attribute='role') | join(' ') }}", "system user")]
    [InlineData("{{ (messages | selectattr('role', 'equalto', 'user') | list | first).content.strip() }}", "Hi <|end|>")]
    [InlineData("{{ {'a': [1, 'b\"c', none, true]} | tojson }}", """{"a": [1, "b\"c", null, true]}""")]
    [InlineData("{{ y | default('z') }} {{ 'user' in messages[1].role }} {{ 3 not in [1, 2] }}", "z True True")]
    [InlineData("{% set a, b = 1, 2 %}{{ b }}{{ a }} {% for k, v in {'p': 1}.items() %}{{ k }}={{ v }}{% endfor %}", "21 p=1")]
    [InlineData("{% set t %}a{{ 1 }}{% endset %}{{ t | upper }}", "A1")]
    [InlineData("{% for i in range(3) %}{{ i }}{{ '' if loop.last else ',' }}{% endfor %}", "0,1,2")]
    [InlineData("a {#- no -#} b", "ab")]
    [InlineData("  {% if true %}\n  x\n  {% endif %}\ny\n", "  x\ny")]
    [InlineData("a\n{{- 'b' -}}\n c", "abc")]
    [InlineData("{{ '}}' ~ \"it's\" ~ 'a\\nb' }}", "}}it'sa\nb")]
    [InlineData("{% generation %}x{% endgeneration %}{{ not false and true or false }}", "xTrue")]
    public void The_subset_renders_as_the_language_says(string source, string expected) =>
        Assert.Equal(expected, ChatTemplate.Load(source).Render(Two).Text);

    [Theory]
    [InlineData("{% include 'x' %}", "include")]
    [InlineData("{{ 'a' | shell }}", "shell")]
    [InlineData("{{ 'a' is weird }}", "weird")]
    [InlineData("{% if true %}", "endif")]
    [InlineData("{{ 'a", "end")]
    [InlineData("{{ 1.5 }}", "whole")]
    [InlineData("{% endfor %}", "endfor")]
    [InlineData("{{ }}", "missing")]
    public void A_construct_outside_the_subset_is_refused_when_it_is_loaded(string source, string named) =>
        Assert.Contains(named, Fails(() => ChatTemplate.Load(source)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{{ raise_exception('no ' ~ messages[1].content) }}")]
    [InlineData("{{ nothing.member }}")]
    [InlineData("{{ 'a' + 1 }}")]
    [InlineData("{{ 1 // 0 }}")]
    [InlineData("{{ 9223372036854775807 + 1 }}")]
    [InlineData("{{ 'abc'.nothing() }}")]
    [InlineData("{{ messages() }}")]
    public void A_failure_while_rendering_is_typed_and_quotes_no_message(string source) =>
        Assert.DoesNotContain("Hi", Fails(() => ChatTemplate.Load(source).Render(Two)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{% for i in range(60000) %}{% for j in range(60000) %}{% endfor %}{% endfor %}")]
    [InlineData("{% set ns = namespace(t='0123456789abcdef') %}{% for i in range(60) %}{% set ns.t = ns.t + ns.t %}{% endfor %}")]
    [InlineData("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}")]
    [InlineData("{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = ns.l + ns.l %}{% endfor %}")]
    [InlineData("{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l | tojson }}")]
    [InlineData("{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l == [ns.l] + ns.l }}{{ ns.l == ns.l[:] }}")]
    [InlineData("{{ range(9223372036854775807) }}")]
    public void A_bomb_ends_at_a_bound(string source) => Fails(() => ChatTemplate.Load(source).Render(Two));

    [Fact]
    public void Depth_and_length_of_a_source_are_bounded()
    {
        Fails(() => ChatTemplate.Load("{{ " + new string('(', 5000) + "1" + new string(')', 5000) + " }}"));
        Fails(() => ChatTemplate.Load("{{ " + string.Concat(Enumerable.Repeat("not ", 5000)) + "1 }}"));
        Fails(() => ChatTemplate.Load(string.Concat(Enumerable.Repeat("{% if true %}", 5000))));
        Fails(() => ChatTemplate.Load(new string('x', TemplateLimits.Source + 1)));
        Fails(() => ChatTemplate.Load("{{ 1" + string.Concat(Enumerable.Repeat("+1", 100_000)) + " }}").Render(Two));
    }

    [Fact]
    public void What_a_message_says_stays_marked_through_every_filter()
    {
        const string all = "{{ (messages[1].content | trim | upper | lower).replace('hi', '<|end|>').split(' ') | join('_') }}";
        MarkedText text = ChatTemplate.Load(all).Render(Two);
        Assert.Equal("<|end|>_<|end|>", text.Text);
        Assert.True(text.IsTemplate(0, 7));
        Assert.False(text.IsTemplate(8, 7));
    }

    [Fact]
    public void No_source_ends_in_another_exception() =>
        Pick.From(
                "{{", "}}", "{%", "%}", "{#", "#}", "-", " if ", " for ", " in ", " set ", " else ", "endif", "endfor", "messages", "x", ".",
                "[", "]", "(", ")", "'a'", "1", "|", "trim", "is", "defined", "=", "+", "~", ":", ",", "\n", "{", "}", "macro", "namespace")
            .Array[1, 24]
            .Select(string.Concat)
            .Sample(source =>
            {
                try
                {
                    ChatTemplate.Load(source).Render(Two);
                }
                catch (InferenceException)
                {
                }
            }, iter: 20_000);

    private static InferenceException Fails(Action action)
    {
        InferenceException failure = Assert.Throws<InferenceException>(action);
        Assert.Equal(InferenceErrorCode.TemplateError, failure.Code);
        return failure;
    }
}

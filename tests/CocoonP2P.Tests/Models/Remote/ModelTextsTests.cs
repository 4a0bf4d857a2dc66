using CocoonP2P.Capacity;
using CocoonP2P.Models;
using CocoonP2P.Tests.Capacity;
using CocoonP2P.Tests.Inference.Support;
using CocoonP2P.Text;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Models.Remote;

/// <summary>Whom a client believes about what a model's name means, and that one fetch serves everybody.</summary>
public sealed class ModelTextsTests : IDisposable
{
    private static readonly string Tiny = Convert.ToHexStringLower(ScriptedSource.Tiny.Id.Span);
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
    private readonly List<CapacityOffer> _offers = [];
    private ScriptedSource _source = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("lamp")]
    [InlineData("cocoon-tiny")]
    public async Task A_pinned_name_means_its_id_whatever_offers_say(string name)
    {
        Offer("cocoon-tiny", ScriptedSource.Tiny.Id);
        Offer(name, new byte[32]);
        using ModelTexts texts = Texts(pins: [$"{name}@{Tiny}"], fromOffers: true);
        Assert.Equal(ScriptedSource.Tiny.Id.ToArray(), (await texts.FindAsync(name, Token)).Id.ToArray());
    }

    [Theory]
    [InlineData("e5fc048cbb63cce5e15223fc626e130c9ff4018dd1415a108f1600fc1b8e001e")]
    [InlineData("any@e5fc048cbb63cce5e15223fc626e130c9ff4018dd1415a108f1600fc1b8e001e")]
    [InlineData("named")]
    public async Task An_id_and_a_name_of_the_manifest_need_no_agreement(string asked)
    {
        Offer("cocoon-tiny", ScriptedSource.Tiny.Id);
        using ModelTexts texts = Texts(named: "named");
        Assert.Equal(ScriptedSource.Tiny.Id.ToArray(), (await texts.FindAsync(asked, Token)).Id.ToArray());
    }

    [Fact]
    public async Task A_name_that_nobody_explains_is_taken_from_offers_that_agree_where_the_manifest_allows_it()
    {
        Offer("cocoon-tiny", ScriptedSource.Tiny.Id);
        Offer("cocoon-tiny", ScriptedSource.Tiny.Id);
        using ModelTexts texts = Texts(fromOffers: true);
        Assert.Equal("cocoon-tiny", (await texts.FindAsync("cocoon-tiny", Token)).Name);
    }

    [Fact]
    public async Task Offers_that_disagree_explain_nothing()
    {
        Offer("cocoon-tiny", ScriptedSource.Tiny.Id);
        Offer("cocoon-tiny", new byte[32]);
        await RefusedAsync(fromOffers: true, "cocoon-tiny", ErrorCode.UnknownModel, "2 different models");
    }

    [Theory]
    [InlineData("cocoon-tiny", "is known here")]
    [InlineData("cocoon-tiny@12", "names no model")]
    [InlineData("", "names no model")]
    public async Task Elsewhere_offers_explain_no_name(string asked, string words)
    {
        Offer("cocoon-tiny", ScriptedSource.Tiny.Id);
        await RefusedAsync(fromOffers: false, asked, ErrorCode.UnknownModel, words);
        Assert.Equal(0, _source.Asked);
    }

    [Fact]
    public async Task A_worker_that_gives_something_else_is_named_with_its_reason()
    {
        Offer("cocoon-tiny", ScriptedSource.Tiny.Id);
        _source = new ScriptedSource(part => part with { Bytes = [.. part.Bytes.Reverse()] });
        CocoonException refused = await RefusedAsync(fromOffers: true, "cocoon-tiny", ErrorCode.NoWorker, "of another model");
        Assert.Single(Assert.IsType<NoWorkerException>(refused).Offers);
    }

    [Fact]
    public async Task Many_users_of_one_new_model_cause_one_fetch()
    {
        Offer("cocoon-tiny", ScriptedSource.Tiny.Id);
        using ModelTexts texts = Texts(fromOffers: true);
        IModelText[] found = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => texts.FindAsync("cocoon-tiny", Token).AsTask()));
        int once = _source.Asked;
        Assert.Single(found.Distinct());
        using ModelTexts later = Texts(fromOffers: true);
        await later.FindAsync("cocoon-tiny", Token);
        Assert.Equal(once, _source.Asked);
    }

    private void Offer(string name, ReadOnlyMemory<byte> id) => _offers.Add(
        OfferSamples.Of(_offers.Count) with { Models = [new ModelOffer(name, id, 512, 100, 100, 4, 2, 900)] });

    private ModelTexts Texts(IReadOnlyList<string>? pins = null, string? named = null, bool fromOffers = false) => new(
        new ModelCatalog([]),
        new ModelNames(pins ?? [], named is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [named] = Tiny }, fromOffers),
        new TextStore(_folder["texts"]), () => _offers, (_, _) => Task.FromResult<ITextSource>(_source), _time);

    private async Task<CocoonException> RefusedAsync(bool fromOffers, string asked, ErrorCode code, string words)
    {
        using ModelTexts texts = Texts(fromOffers: fromOffers);
        CocoonException refused = await Assert.ThrowsAnyAsync<CocoonException>(() => texts.FindAsync(asked, Token).AsTask());
        Assert.Equal(code, refused.Code);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        return refused;
    }
}

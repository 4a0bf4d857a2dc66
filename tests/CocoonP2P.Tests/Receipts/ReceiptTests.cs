using System.Text;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Receipts;
using CocoonP2P.Sessions;
using CocoonP2P.Tests.Sessions;
using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Receipts;

public sealed class ReceiptTests
{
    private readonly ReceiptScene _scene = new();

    /// <summary>What is changed in a genuine receipt, and the first factor that must then fail.</summary>
    public static readonly TheoryData<string, string> Changes = new()
    {
        { "network", "network" },
        { "quote", "evidence" },
        { "tee kind", "evidence" },
        { "binding", "evidence" },
        { "claims", "binding" },
        { "terms evidence", "binding" },
        { "terms measurement", "measurement" },
        { "terms model", "model" },
        { "job hash", "job-commitment" },
        { "terms nonce", "job-commitment" },
        { "price bytes", "price" },
        { "price signature", "price" },
        { "worker key", "channel" },
        { "payout", "channel" },
        { "total", "receipt-signature" },
        { "usage", "receipt-signature" },
        { "epoch", "receipt-signature" },
        { "receipt signature", "receipt-signature" },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_genuine_receipt_proves_all_it_can_and_says_what_it_cannot()
    {
        IReadOnlyList<ReceiptFactor> factors = await VerifyAsync(await _scene.MakeAsync(Token));
        Assert.All(factors, f => Assert.True(f.Outcome != FactorOutcome.Failed, $"{f.Name}: {f.Detail}"));
        Assert.Equal(
            ["freshness", "answer", "settlement", "gpu"], factors.Where(f => f.Outcome == FactorOutcome.NotProven).Select(f => f.Name));
        Assert.StartsWith("SIMULATED", factors.Single(f => f.Name == "evidence").Detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_changed_field_fails_its_factor(string change, string factor)
    {
        Receipt changed = Change(await _scene.MakeAsync(Token), change);
        Assert.Equal(FactorOutcome.Failed, (await VerifyAsync(changed)).Single(f => f.Name == factor).Outcome);
    }

    [Fact]
    public async Task Claims_that_cannot_be_read_fail_alone()
    {
        Receipt receipt = await _scene.MakeAsync(Token) with { Claims = [1, 2, 3] };
        Assert.Equal("claims", Assert.Single(await VerifyAsync(receipt)).Name);
    }

    [Fact]
    public async Task A_receipt_comes_back_from_its_file_as_it_went()
    {
        byte[] file = ReceiptJson.Write(await _scene.MakeAsync(Token));
        Receipt? read = ReceiptJson.TryRead(file, out string problem);
        Assert.Equal("", problem);
        Assert.Equal(Encoding.UTF8.GetString(file), Encoding.UTF8.GetString(ReceiptJson.Write(read!)));
        Assert.All(await VerifyAsync(read!), f => Assert.NotEqual(FactorOutcome.Failed, f.Outcome));
    }

    [Fact]
    public async Task A_file_cut_anywhere_is_no_receipt()
    {
        byte[] file = ReceiptJson.Write(await _scene.MakeAsync(Token));
        for (int length = 0; length < file.Length - 1; length += 97)
        {
            Assert.Null(ReceiptJson.TryRead(file.AsMemory(0, length), out string problem));
            Assert.NotEmpty(problem);
        }
    }

    [Theory]
    [InlineData("\"job\":", "\"jab\":")]
    [InlineData("\"deadline\": \"9\"", "\"deadline\": \"-9\"")]
    [InlineData("\"deadline\": \"9\"", "\"deadline\": \"99999999999\"")]
    [InlineData("\"epoch\": \"3\"", "\"epoch\": []")]
    [InlineData("\"nonce\": \"00", "\"nonce\": \"0")]
    [InlineData("\"nonce\": \"00", "\"nonce\": \"")]
    [InlineData("\"payout\": \"0:", "\"payout\": \"9:9")]
    [InlineData("\"appraised_at\": \"2026", "\"appraised_at\": \"someday")]
    public async Task A_file_with_a_bad_member_is_no_receipt(string good, string bad)
    {
        string file = Encoding.UTF8.GetString(ReceiptJson.Write(await _scene.MakeAsync(Token)));
        Assert.Contains(good, file, StringComparison.Ordinal);
        Assert.Null(ReceiptJson.TryRead(Encoding.UTF8.GetBytes(file.Replace(good, bad, StringComparison.Ordinal)), out string problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void A_file_longer_than_its_limit_is_not_parsed() => Assert.Null(ReceiptJson.TryRead(new byte[ReceiptJson.MaxBytes + 1], out _));

    private Task<IReadOnlyList<ReceiptFactor>> VerifyAsync(Receipt receipt) =>
        ReceiptVerifier.VerifyAsync(receipt, ReceiptScene.Network, _scene.Appraiser, Token);

    private static Receipt Change(Receipt genuine, string change)
    {
        byte[] other = ReceiptScene.Digest(99);
        return change switch
        {
            "network" => genuine with { NetworkId = other },
            "quote" => genuine with { Quote = Flip(genuine.Quote, 100) },
            "tee kind" => genuine with { TeeKind = TeeKinds.Tdx },
            "binding" => genuine with { Binding = Flip(genuine.Binding, 20) },
            "claims" => genuine with { Claims = (SessionParty.SampleClaims with { Software = "other" }).Encode() },
            "terms evidence" => genuine with { Terms = genuine.Terms with { Evidence = other } },
            "terms measurement" => genuine with { Terms = genuine.Terms with { Measurement = other } },
            "terms model" => genuine with { Terms = genuine.Terms with { Model = other } },
            "job hash" => genuine with { JobHash = other },
            "terms nonce" => genuine with { Terms = genuine.Terms with { Nonce = Flip(genuine.Terms.Nonce, 0) } },
            "price bytes" => genuine with { QuoteBytes = Flip(genuine.QuoteBytes, 50) },
            "price signature" => genuine with { QuoteSignature = default },
            "worker key" => genuine with { Channel = genuine.Channel with { WorkerKey = new Bits256(other) } },
            "payout" => genuine with { Channel = genuine.Channel with { Payout = genuine.Channel.Client } },
            "total" => genuine with { Total = new NanoTon(1) },
            "usage" => genuine with { Result = genuine.Result with { Usage = new Usage(Prompt: 1) } },
            "epoch" => genuine with { Epoch = 4 },
            "receipt signature" => genuine with { ReceiptSignature = default },
            _ => throw new ArgumentOutOfRangeException(nameof(change)),
        };
    }

    private static byte[] Flip(byte[] bytes, int at)
    {
        byte[] changed = [.. bytes];
        changed[at] ^= 1;
        return changed;
    }
}

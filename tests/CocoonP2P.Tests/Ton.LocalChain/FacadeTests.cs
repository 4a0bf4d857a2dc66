using System.Numerics;
using System.Text.Json;
using CocoonP2P.Ton;
using CocoonP2P.Ton.LocalChain;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Ton.LocalChain;

public sealed class FacadeTests : IClassFixture<ChainFixture>, IDisposable
{
    private static readonly KeyPair Key = KeyPair.FromSeed(Enumerable.Repeat((byte)9, 32).ToArray());
    private static readonly Address Friend = new(0, Key.PublicKey);

    private readonly FakeTimeProvider time;
    private readonly LocalTon chain;
    private readonly TonCenterFacade facade;
    private readonly FacadeHandler handler;
    private readonly TonCenterClient client;
    private readonly WalletV5R1 wallet = new(Key.PublicKey, LocalTon.GlobalId);

    public FacadeTests(ChainFixture fixture)
    {
        chain = fixture.Fresh();
        time = fixture.Time;
        facade = new TonCenterFacade(chain);
        handler = new FacadeHandler(facade);
        TonCenterOptions options = new() { Endpoint = new Uri("http://127.0.0.1/api/v2/"), RequestsPerSecond = 1000, Burst = 1000, Attempts = 1 };
        client = new TonCenterClient(options, handler, time, new Random(1));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        client.Dispose();
        handler.Dispose();
    }

    [Fact]
    public async Task Production_client_pays_from_a_wallet_and_reads_it_back()
    {
        chain.Faucet(wallet.Address, Coins.Parse("10"));
        NextBlock();
        Assert.Equal(Coins.Parse("10"), (await client.GetAddressInformationAsync(wallet.Address, Cancel)).Balance);

        await client.SendBocAsync(Transfer(0, "1.5"), Cancel);
        NextBlock();
        NextBlock();

        AccountState after = await client.GetAddressInformationAsync(wallet.Address, Cancel);
        Assert.Equal(AccountStatus.Active, after.Status);
        IReadOnlyList<Transaction> received = await client.GetTransactionsAsync(Friend, 10, null, Cancel);
        Assert.Equal(Coins.Parse("1.5"), Assert.Single(received).InternalIn!.Value);
        IReadOnlyList<Transaction> sent = await client.GetTransactionsAsync(wallet.Address, 10, after.LastTransaction, Cancel);
        Assert.Equal(2, sent.Count);
        Assert.NotNull(sent[0].ExternalIn);

        GetMethodResult seqno = await client.RunGetMethodAsync(wallet.Address, "seqno", [], Cancel);
        Assert.Equal(new BigInteger(1), Assert.IsType<TupleItem.Int>(Assert.Single(seqno.Stack)).Value);
        Assert.True(chain.Totals.IsConserved);
    }

    [Fact]
    public async Task Message_that_its_account_refuses_is_refused_at_the_door()
    {
        chain.Faucet(wallet.Address, Coins.Parse("10"));
        NextBlock();
        await client.SendBocAsync(Transfer(0, "1"), Cancel);
        NextBlock();
        TonException refused = await Assert.ThrowsAsync<TonException>(() => client.SendBocAsync(Transfer(0, "1"), Cancel));
        Assert.Equal("message-refused", refused.Code);
        Assert.Contains("133", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blocks_follow_the_clock_and_stop_when_the_chain_is_frozen()
    {
        uint before = (await client.GetMasterchainInfoAsync(Cancel)).Seqno;
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(before + 4, (await client.GetMasterchainInfoAsync(Cancel)).Seqno);

        chain.Freeze();
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(before + 4, (await client.GetMasterchainInfoAsync(Cancel)).Seqno);
        chain.Thaw();
        Assert.True((await client.GetMasterchainInfoAsync(Cancel)).Seqno > before + 14_000);
    }

    [Fact]
    public async Task Configuration_names_this_chain_and_no_other()
    {
        Cell id = await client.GetConfigParamAsync(19, Cancel);
        Assert.Equal(LocalTon.GlobalId, id.BeginParse().LoadInt(32));
    }

    [Fact]
    public void Admin_calls_give_coins_move_the_clock_and_count()
    {
        DateTimeOffset before = chain.Now;
        Assert.Equal(200, Post("/admin/faucet", $$"""{"address":"{{Friend}}","amount":"7000000000"}""").Status);
        Assert.Equal(200, Post("/admin/advance", """{"seconds":3600}""").Status);
        Assert.Equal(before.AddHours(1), chain.Now);
        using JsonDocument totals = JsonDocument.Parse(facade.Handle("GET", "/admin/totals", new Dictionary<string, string>(), default).Json);
        Assert.True(totals.RootElement.GetProperty("result").GetProperty("conserved").GetBoolean());
        Assert.Equal("7000000000", totals.RootElement.GetProperty("result").GetProperty("accounts").GetString());
    }

    [Theory]
    [InlineData("GET", "/admin/faucet", "", 405)]
    [InlineData("POST", "/admin/faucet", "{}", 422)]
    [InlineData("POST", "/admin/faucet", """{"address":"0:0000000000000000000000000000000000000000000000000000000000000000","amount":18446744073709551615}""", 422)]
    [InlineData("POST", "/admin/advance", """{"seconds":4294967295}""", 422)]
    [InlineData("POST", "/admin/nothing", "{}", 404)]
    [InlineData("DELETE", "/api/v2/getMasterchainInfo", "", 405)]
    [InlineData("GET", "/", "", 404)]
    [InlineData("GET", "/api/v2/getAddressBalance", "", 422)]
    [InlineData("POST", "/api/v2/sendBoc", "not json", 422)]
    [InlineData("POST", "/api/v2/sendBoc", """{"boc":"AAAA"}""", 422)]
    [InlineData("POST", "/api/v2/runGetMethod", """{"address":"x","method":"seqno","stack":[]}""", 422)]
    [InlineData("POST", "/api/v2/jsonRPC", """{"method":"getAddressBalance"}""", 422)]
    public void Request_that_makes_no_sense_is_told_so(string method, string path, string body, int status) =>
        Assert.Equal(status, facade.Handle(method, path, new Dictionary<string, string>(), System.Text.Encoding.UTF8.GetBytes(body)).Status);

    [Fact]
    public void Random_bytes_never_break_the_door()
    {
        Random random = new(5);
        byte[] body = new byte[64];
        for (int i = 0; i < 500; i++)
        {
            random.NextBytes(body);
            Assert.InRange(Post("/api/v2/sendBoc", $$"""{"boc":"{{Convert.ToBase64String(body)}}"}""").Status, 422, 500);
        }
    }

    [Fact]
    public void External_message_of_any_content_is_answered()
    {
        Random random = new(6);
        byte[] noise = new byte[40];
        foreach (int workchain in (int[])[0, -1, 5, -128])
        {
            random.NextBytes(noise);
            Cell junk = new CellBuilder().StoreBytes(noise).EndCell();
            ExternalInMessage message = new(new Address(workchain, Key.PublicKey), junk, new StateInit(junk, junk));
            Assert.Equal(500, Post("/api/v2/sendBoc", $$"""{"boc":"{{BagOfCells.EncodeBase64(message.ToCell())}}"}""").Status);
        }
    }

    private FacadeAnswer Post(string path, string json) =>
        facade.Handle("POST", path, new Dictionary<string, string>(), System.Text.Encoding.UTF8.GetBytes(json));

    private void NextBlock() => time.Advance(TimeSpan.FromMilliseconds(250));

    private Cell Transfer(uint seqno, string value)
    {
        InternalMessage message = new() { Destination = Friend, Value = Coins.Parse(value), Bounce = false };
        return wallet.CreateTransfer(Key, seqno, (uint)chain.Now.ToUnixTimeSeconds() + 60, [(message, SendMode.PayFeesSeparately)]).ToCell();
    }
}

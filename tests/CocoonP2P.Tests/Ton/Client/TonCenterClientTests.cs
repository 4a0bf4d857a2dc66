using System.Net;
using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Ton.Client;

public sealed class TonCenterClientTests
{
    private const string Info = """
        {"ok":true,"result":{"last":{"workchain":-1,"shard":"-9223372036854775808","seqno":7,
        "root_hash":"lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=","file_hash":""}}}
        """;

    private static readonly Address Account = new(0, Cell.Empty.Hash);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_newest_block_is_read()
    {
        using ScriptedEndpoint endpoint = new ScriptedEndpoint().Answers(Info);
        using TonCenterClient client = endpoint.Client();
        MasterchainInfo info = await endpoint.RunAsync(() => client.GetMasterchainInfoAsync(Cancel));
        Assert.Equal(7u, info.Seqno);
        Assert.Equal(Cell.Empty.Hash, info.RootHash);
        Assert.Equal("https://chain.example/api/v2/getMasterchainInfo", endpoint.Requests[0]);
    }

    [Fact]
    public async Task An_active_account_comes_with_its_cells()
    {
        string boc = BagOfCells.EncodeBase64(Cell.Empty);
        using ScriptedEndpoint endpoint = new ScriptedEndpoint().Answers($$"""
            {"ok":true,"result":{"balance":"1500000000","code":"{{boc}}","data":"{{boc}}","state":"active","sync_utime":99,
            "last_transaction_id":{"lt":"12","hash":"lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c="} } }
            """);
        using TonCenterClient client = endpoint.Client();
        AccountState state = await endpoint.RunAsync(() => client.GetAddressInformationAsync(Account, Cancel));
        Assert.Equal(
            new AccountState(
                AccountStatus.Active, Coins.Parse("1.5"), Cell.Empty, Cell.Empty, new TransactionId(12, Cell.Empty.Hash), 99),
            state);
    }

    [Fact]
    public async Task A_get_method_takes_and_gives_a_stack()
    {
        using ScriptedEndpoint endpoint = new ScriptedEndpoint().Answers("""
            {"ok":true,"result":{"exit_code":0,"gas_used":549,"stack":[["num","-0x1f"],["list",{"elements":[]}],
            ["tuple",{"elements":[{"@type":"tvm.stackEntryNumber","number":{"number":"5"}}]}]]}}
            """);
        using TonCenterClient client = endpoint.Client();
        GetMethodResult result = await endpoint.RunAsync(
            () => client.RunGetMethodAsync(Account, "seqno", [new TupleItem.Int(255)], Cancel));
        Assert.Equal(
            [new TupleItem.Int(-31), new TupleItem.Null(), new TupleItem.Tuple([new TupleItem.Int(5)])], result.Stack);
        Assert.EndsWith("\"method\":\"seqno\",\"stack\":[[\"num\",\"255\"]]}", endpoint.Requests[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "")]
    [InlineData(HttpStatusCode.BadGateway, "<html>")]
    [InlineData(HttpStatusCode.InternalServerError, "{\"ok\":false,\"error\":\"LITE_SERVER_NOTREADY: not in sync\",\"code\":500}")]
    public async Task A_transient_failure_is_tried_again(HttpStatusCode status, string body)
    {
        using ScriptedEndpoint endpoint = new ScriptedEndpoint().Answers(body, status).Answers(body, status).Answers(Info);
        using TonCenterClient client = endpoint.Client();
        Assert.Equal(7u, (await endpoint.RunAsync(() => client.GetMasterchainInfoAsync(Cancel))).Seqno);
        Assert.Equal(3, endpoint.Requests.Count);
    }

    [Fact]
    public async Task A_refused_message_is_not_sent_again()
    {
        using ScriptedEndpoint endpoint = new ScriptedEndpoint().Answers(
            """{"ok":false,"error":"LITE_SERVER_UNKNOWN: cannot apply external message to current state","code":500}""",
            HttpStatusCode.InternalServerError);
        using TonCenterClient client = endpoint.Client();
        TonException e = await Assert.ThrowsAsync<TonException>(
            () => endpoint.RunAsync(() => AsResultAsync(client.SendBocAsync(Cell.Empty, Cancel))));
        Assert.Equal("message-refused", e.Code);
        Assert.False(e.IsTransient);
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task A_call_ends_at_its_deadline()
    {
        using var endpoint = new ScriptedEndpoint { Silent = true };
        using TonCenterClient client = endpoint.Client();
        TonException e = await Assert.ThrowsAsync<TonException>(() => endpoint.RunAsync(() => client.GetMasterchainInfoAsync(Cancel)));
        Assert.Equal("deadline", e.Code);
        Assert.True(e.IsTransient);
    }

    [Fact]
    public async Task An_answer_past_the_limit_is_refused_unread()
    {
        using ScriptedEndpoint endpoint = new ScriptedEndpoint().Answers(new string(' ', TonCenterTransport.MaxAnswer + 1));
        using TonCenterClient client = endpoint.Client();
        TonException e = await Assert.ThrowsAsync<TonException>(() => endpoint.RunAsync(() => client.GetMasterchainInfoAsync(Cancel)));
        Assert.Equal("answer-too-large", e.Code);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("""{"ok":true,"result":{"last":{"seqno":-1,"root_hash":""}}}""")]
    [InlineData("""{"ok":true,"result":null}""")]
    [InlineData("""{"ok":true,"result":{"last":{"seqno":99999999999,"root_hash":"AA=="}}}""")]
    public async Task What_is_no_answer_fails_typed(string body)
    {
        using ScriptedEndpoint endpoint = new ScriptedEndpoint().Answers(body);
        using TonCenterClient client = endpoint.Client();
        TonException e = await Assert.ThrowsAsync<TonException>(() => endpoint.RunAsync(() => client.GetMasterchainInfoAsync(Cancel)));
        Assert.Contains(e.Code, (string[])["answer-malformed", "request-refused"]);
    }

    [Fact]
    public async Task Requests_keep_the_rate_after_the_burst()
    {
        using ScriptedEndpoint endpoint = new ScriptedEndpoint().Answers(Info);
        using TonCenterClient client = endpoint.Client();
        for (int i = 0; i < 8; i++)
        {
            await endpoint.RunAsync(() => client.GetMasterchainInfoAsync(Cancel));
        }

        // Five at once and then one a second.
        Assert.True(endpoint.Moments[4] < TimeSpan.FromSeconds(1));
        Assert.True(endpoint.Moments[7] >= TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Plain_http_is_for_loopback_only()
    {
        var options = new TonCenterOptions { Endpoint = new Uri("http://chain.example/") };
        Assert.Single(options.Problems());
        Assert.Empty((options with { Endpoint = new Uri("http://127.0.0.1:8081/") }).Problems());
        Assert.DoesNotContain("secret", (options with { ApiKey = "secret" }).ToString(), StringComparison.Ordinal);
    }

    private static async Task<bool> AsResultAsync(Task task)
    {
        await task;
        return true;
    }
}

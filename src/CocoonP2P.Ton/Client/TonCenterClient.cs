using System.Globalization;
using System.Text.Json;

namespace CocoonP2P.Ton;

/// <summary>The toncenter v2 API over HTTP: rate kept, transient failures tried again, answers bounded and checked. Safe to
/// use from several threads.</summary>
public sealed class TonCenterClient : ITonClient, IDisposable
{
    private const int MaxTransactions = 100;

    private readonly TonCenterTransport transport;

    /// <summary>A client of one endpoint.</summary>
    /// <param name="options">Where, and how often.</param>
    /// <param name="handler">Carries the requests; stays the caller's.</param>
    /// <param name="time">Measures waits and the deadline.</param>
    /// <param name="jitter">Spreads the retries of many clients.</param>
    public TonCenterClient(TonCenterOptions options, HttpMessageHandler handler, TimeProvider time, Random jitter)
    {
        ArgumentNullException.ThrowIfNull(options);
        transport = new TonCenterTransport(options, handler, time, jitter);
    }

    /// <inheritdoc/>
    public async Task<MasterchainInfo> GetMasterchainInfoAsync(CancellationToken cancellationToken)
    {
        JsonElement result = await transport.CallAsync("getMasterchainInfo", null, cancellationToken);
        return TonCenterJson.MasterchainInfo(result);
    }

    /// <inheritdoc/>
    public async Task<AccountState> GetAddressInformationAsync(Address address, CancellationToken cancellationToken)
    {
        string path = $"getAddressInformation?address={Escape(address)}";
        return TonCenterJson.AccountState(await transport.CallAsync(path, null, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Transaction>> GetTransactionsAsync(
        Address address, int limit, TransactionId? from, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxTransactions);
        string path = string.Create(
            CultureInfo.InvariantCulture, $"getTransactions?address={Escape(address)}&limit={limit}&archival=true");
        if (from is { } first)
        {
            string hash = Uri.EscapeDataString(Convert.ToBase64String(first.Hash.ToArray()));
            path += string.Create(CultureInfo.InvariantCulture, $"&lt={first.Lt}&hash={hash}");
        }

        return TonCenterJson.Transactions(await transport.CallAsync(path, null, cancellationToken), address, limit, from);
    }

    /// <inheritdoc/>
    public async Task<GetMethodResult> RunGetMethodAsync(
        Address address, string method, IReadOnlyList<TupleItem> stack, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stack);
        byte[] body = TonCenterJson.Post(json =>
        {
            json.WriteString("address", address.ToRawString());
            json.WriteString("method", method);
            StackJson.Write(json, "stack", stack);
        });
        return TonCenterJson.GetMethodResult(await transport.CallAsync("runGetMethod", body, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<Cell> GetConfigParamAsync(int parameter, CancellationToken cancellationToken)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"getConfigParam?config_id={parameter}");
        return TonCenterJson.ConfigParam(await transport.CallAsync(path, null, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task SendBocAsync(Cell message, CancellationToken cancellationToken)
    {
        byte[] body = TonCenterJson.Post(json => json.WriteString("boc", BagOfCells.EncodeBase64(message)));
        await transport.CallAsync("sendBoc", body, cancellationToken);
    }

    /// <summary>Ends the client; the handler stays open.</summary>
    public void Dispose() => transport.Dispose();

    private static string Escape(Address address) => Uri.EscapeDataString(address.ToRawString());
}

namespace CocoonP2P.Ton;

/// <summary>What a node asks one endpoint of the chain. An endpoint may lie or lag: what decides about money needs a second
/// one that agrees. Every call ends within the client's deadline, by <see cref="TonException"/> if need be.</summary>
public interface ITonClient
{
    /// <summary>The newest block of the masterchain that the endpoint knows.</summary>
    Task<MasterchainInfo> GetMasterchainInfoAsync(CancellationToken cancellationToken);

    /// <summary>An account as of the endpoint's newest block, with code and data as cells.</summary>
    Task<AccountState> GetAddressInformationAsync(Address address, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> transactions of an account, newest first. Each was decoded from its cell, and
    /// each is the one that the transaction before it in the list names as its predecessor.</summary>
    /// <param name="address">The account.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="from">The first to return; null for the newest.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<Transaction>> GetTransactionsAsync(
        Address address, int limit, TransactionId? from, CancellationToken cancellationToken);

    /// <summary>Runs a get-method. Its answer is the endpoint's word and proves nothing.</summary>
    Task<GetMethodResult> RunGetMethodAsync(
        Address address, string method, IReadOnlyList<TupleItem> stack, CancellationToken cancellationToken);

    /// <summary>One parameter of the chain's configuration.</summary>
    Task<Cell> GetConfigParamAsync(int parameter, CancellationToken cancellationToken);

    /// <summary>Hands an external message on. That the endpoint took it says nothing about what becomes of it; sending the
    /// same bytes again is harmless.</summary>
    Task SendBocAsync(Cell message, CancellationToken cancellationToken);
}

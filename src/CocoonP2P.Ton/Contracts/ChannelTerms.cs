using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton.Contracts;

// parties$_ client:MsgAddressInt worker:MsgAddressInt payout:MsgAddressInt = Parties;
// terms$_ client_key:uint256 worker_key:uint256 network_id:int32 salt:uint64 challenge_period:uint32 parties:^Parties = Terms;

/// <summary>What two parties agree on before a channel exists. The address is computed from this, never accepted.</summary>
/// <param name="ClientKey">Signs states for the payer.</param>
/// <param name="WorkerKey">Signs states and receipts for the payee.</param>
/// <param name="NetworkId">The chain's global id: −239 main, −3 test, −777 local.</param>
/// <param name="Salt">Random, so that no two channels share an address.</param>
/// <param name="ChallengePeriod">In seconds; the contract takes 3,600 to 86,400.</param>
/// <param name="Client">Funds the channel and gets what is left.</param>
/// <param name="Worker">May start the close.</param>
/// <param name="Payout">Where earnings go.</param>
internal sealed record ChannelTerms(
    Bits256 ClientKey,
    Bits256 WorkerKey,
    int NetworkId,
    ulong Salt,
    uint ChallengePeriod,
    Address Client,
    Address Worker,
    Address Payout)
{
    public const uint MinChallengePeriod = 3_600;
    public const uint MaxChallengePeriod = 86_400;

    /// <summary>The contract's address, in workchain 0.</summary>
    public Address Address => ToStateInit().AddressIn(0);

    /// <summary>Whether the contract would take a first deposit under these terms (exit code 109 where not).</summary>
    public bool ArePayable => Client.Workchain == 0 && Worker.Workchain == 0 && Payout.Workchain == 0
        && ChallengePeriod is >= MinChallengePeriod and <= MaxChallengePeriod;

    public StateInit ToStateInit() => new(JobChannel.Code, ChannelData.Initial(this).ToCell());

    public Cell ToCell() => new CellBuilder()
        .StoreBits256(ClientKey)
        .StoreBits256(WorkerKey)
        .StoreInt(NetworkId, 32)
        .StoreUint(Salt, 64)
        .StoreUint(ChallengePeriod, 32)
        .StoreRef(new CellBuilder().StoreAddress(Client).StoreAddress(Worker).StoreAddress(Payout).EndCell())
        .EndCell();

    public static bool TryParse(Cell cell, [NotNullWhen(true)] out ChannelTerms? terms)
    {
        terms = null;
        CellSlice slice = cell.BeginParse();
        bool read = slice.TryLoadBits256(out Bits256 clientKey)
            & slice.TryLoadBits256(out Bits256 workerKey)
            & slice.TryLoadInt(32, out long networkId)
            & slice.TryLoadUint(64, out ulong salt)
            & slice.TryLoadUint(32, out ulong period);
        if (!read || !slice.TryLoadRef(out Cell? parties) || !slice.IsEmpty)
        {
            return false;
        }

        CellSlice addresses = parties.BeginParse();
        if (!(addresses.TryLoadAddress(out Address? client) & addresses.TryLoadAddress(out Address? worker) & addresses.TryLoadAddress(out Address? payout))
            || client is null || worker is null || payout is null || !addresses.IsEmpty || cell.IsExotic || parties.IsExotic)
        {
            return false;
        }

        terms = new ChannelTerms(
            clientKey, workerKey, (int)networkId, salt, (uint)period, client.Value, worker.Value, payout.Value);
        return true;
    }
}

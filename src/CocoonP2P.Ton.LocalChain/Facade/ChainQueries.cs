using System.Globalization;
using System.Text.Json;
using CocoonP2P.Ton.LocalChain.Ledger;

namespace CocoonP2P.Ton.LocalChain.Facade;

/// <summary>The calls of the toncenter v2 API.</summary>
internal sealed class ChainQueries(LocalTon chain)
{
    private const int DefaultTransactions = 10, MaxTransactions = 100;

    public FacadeAnswer Call(string name, FacadeParameters parameters) => name switch
    {
        "getMasterchainInfo" => MasterchainInfo(),
        "getAddressInformation" => AddressInformation(parameters.Account("address")),
        "getAddressBalance" => AddressBalance(parameters.Account("address")),
        "getTransactions" => Transactions(parameters),
        "runGetMethod" => RunGetMethod(parameters),
        "getConfigParam" => ConfigParam(parameters),
        "sendBoc" => SendBoc(parameters, withHash: false),
        "sendBocReturnHash" => SendBoc(parameters, withHash: true),
        _ => throw new FacadeException(404, "no such method"),
    };

    private FacadeAnswer MasterchainInfo()
    {
        ChainState state = chain.State;
        return FacadeJson.Result(json =>
        {
            json.WriteStartObject();
            json.WriteString("@type", "blocks.masterchainInfo");
            json.WritePropertyName("last");
            Block(json, state);
            json.WriteEndObject();
        });
    }

    private FacadeAnswer AddressInformation(Address address)
    {
        ChainState state = chain.State;
        Account account = state.AccountAt(address);
        StoredAccount stored = account.State;
        return FacadeJson.Result(json =>
        {
            json.WriteStartObject();
            json.WriteString("@type", "raw.fullAccountState");
            json.WriteString("balance", FacadeJson.Nano(stored.Balance));
            json.WriteString("code", stored.Code is null ? "" : BagOfCells.EncodeBase64(stored.Code));
            json.WriteString("data", stored.Data is null ? "" : BagOfCells.EncodeBase64(stored.Data));
            FacadeJson.TransactionId(json, "last_transaction_id", account.Last);
            json.WritePropertyName("block_id");
            Block(json, state);
            json.WriteString("frozen_hash", "");
            json.WriteNumber("sync_utime", state.BlockTime);
            json.WriteString("state", stored.Status switch
            {
                AccountStatus.Active => "active",
                AccountStatus.Frozen => "frozen",
                _ => "uninitialized",
            });
            json.WriteEndObject();
        });
    }

    private FacadeAnswer AddressBalance(Address address)
    {
        Coins balance = chain.State.AccountAt(address).State.Balance;
        return FacadeJson.Result(json => json.WriteStringValue(FacadeJson.Nano(balance)));
    }

    private FacadeAnswer Transactions(FacadeParameters parameters)
    {
        TransactionRecord? record = chain.State.AccountAt(parameters.Account("address")).Last;
        int limit = (int)(parameters.MaybeNumber("limit", MaxTransactions) ?? DefaultTransactions);
        ulong oldest = parameters.MaybeNumber("to_lt", ulong.MaxValue) ?? 0;
        if (parameters.MaybeNumber("lt", ulong.MaxValue) is { } lt)
        {
            Bits256? hash = parameters.MaybeHash("hash");
            while (record is not null && record.Transaction.Id.Lt != lt)
            {
                record = record.Previous;
            }

            if (record is null || (hash is { } wanted && wanted != record.Transaction.Id.Hash))
            {
                throw new FacadeException(500, "LITE_SERVER_UNKNOWN: cannot locate transaction in block with specified logical time");
            }
        }

        return FacadeJson.Result(json =>
        {
            json.WriteStartArray();
            for (; record is not null && limit > 0 && record.Transaction.Id.Lt > oldest; record = record.Previous, limit--)
            {
                FacadeJson.Transaction(json, record);
            }

            json.WriteEndArray();
        });
    }

    private FacadeAnswer RunGetMethod(FacadeParameters parameters)
    {
        string method = parameters.Text("method");
        int id = int.TryParse(method, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : MethodRunner.IdOf(method);
        MethodOutcome outcome = chain.Run(parameters.Account("address"), id, FacadeStack.ReadArguments(parameters.Array("stack")));
        return FacadeJson.Result(json =>
        {
            json.WriteStartObject();
            json.WriteString("@type", "smc.runResult");
            json.WriteNumber("gas_used", outcome.GasUsed);
            FacadeStack.Write(json, outcome.Stack);
            json.WriteNumber("exit_code", outcome.ExitCode);
            json.WriteEndObject();
        });
    }

    private FacadeAnswer ConfigParam(FacadeParameters parameters)
    {
        int id = (int)(parameters.MaybeNumber("config_id", int.MaxValue) ?? parameters.Number("param", int.MaxValue));
        Cell parameter = ChainConfig.Parameter(chain.State.Config, id)
            ?? throw new FacadeException(500, $"LITE_SERVER_UNKNOWN: no configuration parameter {id}");
        return FacadeJson.Result(json =>
        {
            json.WriteStartObject();
            json.WriteString("@type", "configInfo");
            json.WriteStartObject("config");
            json.WriteString("@type", "tvm.cell");
            json.WriteString("bytes", BagOfCells.EncodeBase64(parameter));
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private FacadeAnswer SendBoc(FacadeParameters parameters, bool withHash)
    {
        if (!BlockCells.TryDecodeBase64(parameters.Text("boc"), out Cell? message))
        {
            throw FacadeException.Unprocessable("boc is not a bag of cells in base64");
        }

        SendOutcome outcome = chain.Send(message);
        if (!outcome.Accepted)
        {
            string code = outcome.ExitCode is { } exit ? string.Create(CultureInfo.InvariantCulture, $", exitcode={exit}") : "";
            throw new FacadeException(500, $"LITE_SERVER_UNKNOWN: cannot apply external message to current state : {outcome.Error}{code}");
        }

        return FacadeJson.Result(json =>
        {
            json.WriteStartObject();
            json.WriteString("@type", withHash ? "raw.extMessageInfo" : "ok");
            if (withHash)
            {
                json.WriteString("hash", FacadeJson.Base64(message.Hash));
            }

            json.WriteEndObject();
        });
    }

    // The chain has no real blocks; their hashes only need to differ.
    private static void Block(Utf8JsonWriter json, ChainState state)
    {
        string hash = FacadeJson.Base64(BlockMaker.RandomSeed(state.Seed, state.Seqno));
        json.WriteStartObject();
        json.WriteString("@type", "ton.blockIdExt");
        json.WriteNumber("workchain", -1);
        json.WriteString("shard", "-9223372036854775808");
        json.WriteNumber("seqno", state.Seqno);
        json.WriteString("root_hash", hash);
        json.WriteString("file_hash", hash);
        json.WriteEndObject();
    }
}

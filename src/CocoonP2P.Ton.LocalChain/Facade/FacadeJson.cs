using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CocoonP2P.Ton.LocalChain.Ledger;

namespace CocoonP2P.Ton.LocalChain.Facade;

/// <summary>Writes the shapes of the toncenter v2 API.</summary>
internal static class FacadeJson
{
    public static FacadeAnswer Result(Action<Utf8JsonWriter> result) => Answer(200, json =>
    {
        json.WriteBoolean("ok", true);
        json.WritePropertyName("result");
        result(json);
    });

    public static FacadeAnswer Error(int status, string error) => Answer(status, json =>
    {
        json.WriteBoolean("ok", false);
        json.WriteString("error", error);
        json.WriteNumber("code", status);
    });

    public static void Transaction(Utf8JsonWriter json, TransactionRecord record)
    {
        Coins rent = record.Transaction.Phases.StorageFees;
        json.WriteStartObject();
        json.WriteString("@type", "raw.transaction");
        json.WriteStartObject("address");
        json.WriteString("@type", "accountAddress");
        json.WriteString("account_address", record.Account.ToRawString());
        json.WriteEndObject();
        json.WriteNumber("utime", record.Transaction.Now);
        json.WriteString("data", BagOfCells.EncodeBase64(record.Cell));
        TransactionId(json, "transaction_id", record);
        json.WriteString("fee", Nano(record.Transaction.TotalFees));
        json.WriteString("storage_fee", Nano(rent));
        json.WriteString("other_fee", Nano(record.Transaction.TotalFees - rent));
        if (record.In is { } input)
        {
            json.WritePropertyName("in_msg");
            Message(json, input);
        }

        json.WriteStartArray("out_msgs");
        foreach (MessageRecord output in record.Out)
        {
            Message(json, output);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes which transaction it is; logical time 0 for none.</summary>
    public static void TransactionId(Utf8JsonWriter json, string name, TransactionRecord? record)
    {
        json.WriteStartObject(name);
        json.WriteString("@type", "internal.transactionId");
        json.WriteString("lt", (record?.Transaction.Id.Lt ?? 0).ToString(CultureInfo.InvariantCulture));
        json.WriteString("hash", Base64(record?.Transaction.Id.Hash ?? default));
        json.WriteEndObject();
    }

    public static string Nano(Coins coins) => coins.Nano.ToString(CultureInfo.InvariantCulture);

    public static string Base64(Bits256 hash) => Convert.ToBase64String(hash.ToArray());

    private static void Message(Utf8JsonWriter json, MessageRecord message)
    {
        json.WriteStartObject();
        json.WriteString("@type", "raw.message");
        json.WriteString("hash", Base64(message.Cell.Hash));
        json.WriteString("source", message.Source?.ToRawString() ?? "");
        json.WriteString("destination", message.Destination?.ToRawString() ?? "");
        json.WriteString("value", Nano(message.Value));
        json.WriteString("fwd_fee", Nano(message.ForwardFee));
        json.WriteString("ihr_fee", "0");
        json.WriteString("created_lt", message.CreatedLt.ToString(CultureInfo.InvariantCulture));
        json.WriteString("body_hash", Base64(message.Body.Hash));
        json.WriteStartObject("msg_data");
        json.WriteString("@type", "msg.dataRaw");
        json.WriteString("body", BagOfCells.EncodeBase64(message.Body));
        json.WriteString("init_state", "");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static FacadeAnswer Answer(int status, Action<Utf8JsonWriter> fields)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return new FacadeAnswer(status, buffer.WrittenSpan.ToArray());
    }
}

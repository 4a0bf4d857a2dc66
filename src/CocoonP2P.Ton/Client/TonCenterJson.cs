using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace CocoonP2P.Ton;

/// <summary>The shapes of the toncenter v2 API. Whatever does not fit is <c>answer-malformed</c>.</summary>
internal static class TonCenterJson
{
    public static byte[] Post(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static MasterchainInfo MasterchainInfo(JsonElement result)
    {
        JsonElement last = Field(result, "last");
        return new MasterchainInfo((uint)Number(last, "seqno", uint.MaxValue), Hash(last, "root_hash"));
    }

    public static AccountState AccountState(JsonElement result)
    {
        AccountStatus status = Text(result, "state") switch
        {
            "active" => AccountStatus.Active,
            "frozen" => AccountStatus.Frozen,
            "uninitialized" => AccountStatus.Uninitialized,
            _ => throw TonCenterAnswer.Malformed(),
        };
        Cell? code = MaybeCell(result, "code");
        Cell? data = MaybeCell(result, "data");
        if (status == AccountStatus.Active && (code is null || data is null))
        {
            throw TonCenterAnswer.Malformed();
        }

        return new AccountState(
            status,
            Balance(result),
            code,
            data,
            Id(Field(result, "last_transaction_id")),
            (uint)Number(result, "sync_utime", uint.MaxValue));
    }

    /// <summary>Decodes each transaction from its cell and checks that it is the account's and follows on the one before.</summary>
    public static IReadOnlyList<Transaction> Transactions(JsonElement result, Address address, int limit, TransactionId? from)
    {
        if (result.ValueKind != JsonValueKind.Array || result.GetArrayLength() > limit)
        {
            throw TonCenterAnswer.Malformed();
        }

        var list = new List<Transaction>(result.GetArrayLength());
        TransactionId? expected = from;
        foreach (JsonElement entry in result.EnumerateArray())
        {
            if (!Transaction.TryParse(CellOf(Text(entry, "data")), out Transaction? transaction)
                || transaction.Account != address.Hash
                || (expected is { } id && id != transaction.Id))
            {
                throw TonCenterAnswer.Malformed();
            }

            list.Add(transaction);
            expected = transaction.Previous;
        }

        return list;
    }

    public static GetMethodResult GetMethodResult(JsonElement result) => new(
        Signed(result, "exit_code"),
        Signed(result, "gas_used"),
        StackJson.Read(Field(result, "stack")));

    public static Cell ConfigParam(JsonElement result) => CellOf(Text(Field(result, "config"), "bytes"));

    internal static JsonElement Field(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
            ? value
            : throw TonCenterAnswer.Malformed();

    internal static string Text(JsonElement element, string name) =>
        Field(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw TonCenterAnswer.Malformed();

    internal static Cell CellOf(string base64)
    {
        try
        {
            return BagOfCells.DecodeBase64(base64);
        }
        catch (TonFormatException)
        {
            throw TonCenterAnswer.Malformed();
        }
    }

    private static Cell? MaybeCell(JsonElement element, string name)
    {
        string text = Text(element, name);
        return text.Length == 0 ? null : CellOf(text);
    }

    private static TransactionId Id(JsonElement element) =>
        new(Number(element, "lt", ulong.MaxValue), Hash(element, "hash"));

    private static Bits256 Hash(JsonElement element, string name)
    {
        Span<byte> bytes = stackalloc byte[Bits256.Size];
        return Convert.TryFromBase64String(Text(element, name), bytes, out int written) && written == Bits256.Size
            ? new Bits256(bytes)
            : throw TonCenterAnswer.Malformed();
    }

    /// <summary>An account without coins has balance −1 in old versions of the API.</summary>
    private static Coins Balance(JsonElement element)
    {
        string text = Digits(Field(element, "balance"));
        return text == "-1" ? Coins.Zero
            : UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out UInt128 nano) ? new Coins(nano)
            : throw TonCenterAnswer.Malformed();
    }

    private static ulong Number(JsonElement element, string name, ulong most) =>
        ulong.TryParse(Digits(Field(element, name)), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) && value <= most
            ? value
            : throw TonCenterAnswer.Malformed();

    private static int Signed(JsonElement element, string name) =>
        int.TryParse(Digits(Field(element, name)), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw TonCenterAnswer.Malformed();

    /// <summary>The API writes numbers as numbers here and as strings there.</summary>
    private static string Digits(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Number => element.GetRawText(),
        _ => throw TonCenterAnswer.Malformed(),
    };
}

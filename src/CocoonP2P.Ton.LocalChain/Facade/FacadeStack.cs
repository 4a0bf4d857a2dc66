using System.Globalization;
using System.Numerics;
using System.Text.Json;
using CocoonP2P.Ton.LocalChain.Ledger;

namespace CocoonP2P.Ton.LocalChain.Facade;

/// <summary>Stacks as the API takes and gives them.</summary>
internal static class FacadeStack
{
    private const int MaxItems = 64;
    private const int MaxDigits = 80;

    /// <summary>Arguments: <c>["num","0x1f"]</c>, <c>["tvm.Cell","…"]</c>, <c>["tvm.Slice","…"]</c>.</summary>
    public static Cell ReadArguments(JsonElement? stack)
    {
        if (stack is not { } items)
        {
            return TupleCodec.Encode([]);
        }

        return items.GetArrayLength() <= MaxItems
            ? TupleCodec.Encode([.. items.EnumerateArray().Select(ReadArgument)])
            : throw FacadeException.Unprocessable("the stack has too many items");
    }

    public static void Write(Utf8JsonWriter json, Cell? stack)
    {
        IReadOnlyList<TupleItem>? items = [];
        if (stack is not null && !TupleCodec.TryDecode(stack, out items))
        {
            throw new FacadeException(500, "the result is too large for the API");
        }

        json.WriteStartArray("stack");
        foreach (TupleItem item in items)
        {
            json.WriteStartArray();
            WriteItem(json, item);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static TupleItem ReadArgument(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() != 2
            || item[0].ValueKind != JsonValueKind.String || item[1].ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
        {
            throw FacadeException.Unprocessable("a stack item is not a pair of kind and value");
        }

        string value = item[1].ValueKind == JsonValueKind.String ? item[1].GetString()! : item[1].GetRawText();
        return item[0].GetString() switch
        {
            "num" or "int" => new TupleItem.Int(ReadNumber(value)),
            "cell" or "tvm.Cell" => new TupleItem.CellValue(ReadCell(value)),
            "slice" or "tvm.Slice" => new TupleItem.Slice(ReadCell(value)),
            _ => throw FacadeException.Unprocessable("a stack item is of an unknown kind"),
        };
    }

    private static BigInteger ReadNumber(string text)
    {
        bool isNegative = text.StartsWith('-');
        string digits = isNegative ? text[1..] : text;
        BigInteger value = default;
        bool isNumber = text.Length <= MaxDigits && (digits.StartsWith("0x", StringComparison.Ordinal)
            ? BigInteger.TryParse("0" + digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value));
        return isNumber && value.GetBitLength() <= 256 ? isNegative ? -value : value : throw FacadeException.Unprocessable("a number is not one");
    }

    private static Cell ReadCell(string base64) =>
        BlockCells.TryDecodeBase64(base64, out Cell? cell) ? cell : throw FacadeException.Unprocessable("a cell is not a bag of cells in base64");

    private static void WriteItem(Utf8JsonWriter json, TupleItem item)
    {
        switch (item)
        {
            case TupleItem.Int { Value: var value }:
                json.WriteStringValue("num");
                json.WriteStringValue(Hex(value));
                break;
            case TupleItem.CellValue { Cell: var cell }:
                json.WriteStringValue("cell");
                WriteBytes(json, cell);
                break;
            case TupleItem.Slice { Cell: var cell }:
                // Nodes show a slice as the cell of its bits.
                json.WriteStringValue("cell");
                WriteBytes(json, cell);
                break;
            case TupleItem.Tuple { Items: var items }:
                json.WriteStringValue("tuple");
                WriteElements(json, "tvm.tuple", items);
                break;
            default:
                // Null is an empty list to the API; nothing else that a get-method may leave has a form there.
                json.WriteStringValue("list");
                WriteElements(json, "tvm.list", []);
                break;
        }
    }

    private static void WriteElements(Utf8JsonWriter json, string type, IReadOnlyList<TupleItem> items)
    {
        json.WriteStartObject();
        json.WriteString("@type", type);
        json.WriteStartArray("elements");
        foreach (TupleItem item in items)
        {
            WriteElement(json, item);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteElement(Utf8JsonWriter json, TupleItem item)
    {
        json.WriteStartObject();
        switch (item)
        {
            case TupleItem.Int { Value: var value }:
                json.WriteString("@type", "tvm.stackEntryNumber");
                json.WriteStartObject("number");
                json.WriteString("@type", "tvm.numberDecimal");
                json.WriteString("number", value.ToString(CultureInfo.InvariantCulture));
                json.WriteEndObject();
                break;
            case TupleItem.CellValue { Cell: var cell }:
                json.WriteString("@type", "tvm.stackEntryCell");
                json.WritePropertyName("cell");
                WriteBytes(json, cell);
                break;
            case TupleItem.Slice { Cell: var cell }:
                json.WriteString("@type", "tvm.stackEntrySlice");
                json.WritePropertyName("slice");
                WriteBytes(json, cell);
                break;
            case TupleItem.Tuple { Items: var items }:
                json.WriteString("@type", "tvm.stackEntryTuple");
                json.WritePropertyName("tuple");
                WriteElements(json, "tvm.tuple", items);
                break;
            default:
                json.WriteString("@type", "tvm.stackEntryList");
                json.WritePropertyName("list");
                WriteElements(json, "tvm.list", []);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteBytes(Utf8JsonWriter json, Cell cell)
    {
        json.WriteStartObject();
        json.WriteString("bytes", BagOfCells.EncodeBase64(cell));
        json.WriteEndObject();
    }

    private static string Hex(BigInteger value)
    {
        string digits = BigInteger.Abs(value).ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        return $"{(value.Sign < 0 ? "-" : "")}0x{(digits.Length == 0 ? "0" : digits)}";
    }
}

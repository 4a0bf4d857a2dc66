using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace CocoonP2P.Ton;

/// <summary>Stacks as the toncenter v2 API writes them: <c>["num","0x1f"]</c>, <c>["cell",{"bytes":"…"}]</c>,
/// <c>["tuple",{"elements":[…]}]</c>, and inside tuples <c>{"@type":"tvm.stackEntryNumber",…}</c>.</summary>
internal static class StackJson
{
    private const int MaxDigits = 80;

    public static void Write(Utf8JsonWriter json, string name, IReadOnlyList<TupleItem> stack)
    {
        json.WriteStartArray(name);
        foreach (TupleItem item in stack)
        {
            (string kind, string value) = item switch
            {
                TupleItem.Int { Value: var number } => ("num", number.ToString(CultureInfo.InvariantCulture)),
                TupleItem.CellValue { Cell: var cell } => ("tvm.Cell", BagOfCells.EncodeBase64(cell)),
                TupleItem.Slice { Cell: var cell } => ("tvm.Slice", BagOfCells.EncodeBase64(cell)),
                _ => throw new ArgumentException("The API takes numbers, cells and slices.", nameof(stack)),
            };
            json.WriteStartArray();
            json.WriteStringValue(kind);
            json.WriteStringValue(value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    public static IReadOnlyList<TupleItem> Read(JsonElement stack)
    {
        if (stack.ValueKind != JsonValueKind.Array)
        {
            throw TonCenterAnswer.Malformed();
        }

        return [.. stack.EnumerateArray().Select(Entry)];
    }

    private static TupleItem Entry(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Array || entry.GetArrayLength() is 0 or > 2
            || entry[0].ValueKind != JsonValueKind.String)
        {
            throw TonCenterAnswer.Malformed();
        }

        JsonElement value = entry.GetArrayLength() == 2 ? entry[1] : default;
        return entry[0].GetString() switch
        {
            "null" => new TupleItem.Null(),
            "num" when value.ValueKind == JsonValueKind.String => Number(value.GetString()!),
            "cell" => new TupleItem.CellValue(Bytes(value)),
            "slice" => new TupleItem.Slice(Bytes(value)),
            "tuple" or "list" => Elements(value),
            _ => throw TonCenterAnswer.Malformed(),
        };
    }

    /// <summary>Nesting is bounded by that of JSON, 64.</summary>
    private static TupleItem Element(JsonElement element) => TonCenterJson.Text(element, "@type") switch
    {
        "tvm.stackEntryNumber" => Number(TonCenterJson.Text(TonCenterJson.Field(element, "number"), "number")),
        "tvm.stackEntryCell" => new TupleItem.CellValue(Bytes(TonCenterJson.Field(element, "cell"))),
        "tvm.stackEntrySlice" => new TupleItem.Slice(Bytes(TonCenterJson.Field(element, "slice"))),
        "tvm.stackEntryTuple" => Elements(TonCenterJson.Field(element, "tuple")),
        "tvm.stackEntryList" => Elements(TonCenterJson.Field(element, "list")),
        _ => throw TonCenterAnswer.Malformed(),
    };

    /// <summary>The API shows the null value as a list without elements.</summary>
    private static TupleItem Elements(JsonElement value)
    {
        JsonElement elements = TonCenterJson.Field(value, "elements");
        if (elements.ValueKind != JsonValueKind.Array)
        {
            throw TonCenterAnswer.Malformed();
        }

        TupleItem[] items = [.. elements.EnumerateArray().Select(Element)];
        return items.Length == 0 ? new TupleItem.Null() : new TupleItem.Tuple(items);
    }

    private static Cell Bytes(JsonElement value) => TonCenterJson.CellOf(TonCenterJson.Text(value, "bytes"));

    private static TupleItem.Int Number(string text)
    {
        bool negative = text.StartsWith('-');
        ReadOnlySpan<char> digits = text.AsSpan(negative ? 1 : 0);
        bool hex = digits.StartsWith("0x", StringComparison.Ordinal);
        BigInteger value = default;
        bool read = text.Length <= MaxDigits && (hex
            ? BigInteger.TryParse($"0{digits[2..]}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value));
        return read && value.GetBitLength() <= 257 ? new TupleItem.Int(negative ? -value : value) : throw TonCenterAnswer.Malformed();
    }
}

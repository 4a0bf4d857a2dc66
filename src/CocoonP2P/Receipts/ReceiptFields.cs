using System.Globalization;
using System.Text.Json;
using CocoonP2P.Ton;

namespace CocoonP2P.Receipts;

/// <summary>Typed reads of a receipt's object; each throws a <see cref="FormatException"/> that names the field.</summary>
internal readonly struct ReceiptFields(JsonElement element)
{
    public ReceiptFields In(string name) => new(Get(name, JsonValueKind.Object));

    public byte[] Hex(string name, int? length = null)
    {
        byte[] bytes = Convert.FromHexString(Get(name, JsonValueKind.String).GetString()!);
        return length is null || bytes.Length == length ? bytes : throw new FormatException($"{name} has {bytes.Length} bytes, not {length}");
    }

    public Bits256 Bits(string name) => new(Hex(name, Bits256.Size));

    public ulong U64(string name)
    {
        JsonElement value = element.GetProperty(name);
        return value.ValueKind == JsonValueKind.Number
            ? value.GetUInt64()
            : ulong.Parse(value.GetString()!, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    public int I32(string name) => Get(name, JsonValueKind.Number).GetInt32();

    public Address Address(string name) =>
        Ton.Address.TryParse(Get(name, JsonValueKind.String).GetString(), out Address address) ? address : throw new FormatException($"{name} is no address");

    public DateTimeOffset Time(string name) =>
        DateTimeOffset.Parse(Get(name, JsonValueKind.String).GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private JsonElement Get(string name, JsonValueKind kind) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind ? value : throw new FormatException($"{name} is missing");
}

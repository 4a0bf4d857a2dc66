using System.Text.Json;

namespace CocoonP2P.Ton.LocalChain.Tvm;

/// <summary>What the emulator says of a message.</summary>
/// <param name="Transaction">Bag of cells, base64; null when the account did not accept the message.</param>
/// <param name="ShardAccount">The account afterwards; null with <paramref name="Transaction"/>.</param>
/// <param name="ExitCode">Why it was not accepted, when code ran; else null.</param>
/// <param name="Error">In the emulator's words; empty on success.</param>
internal sealed record TvmAnswer(string? Transaction, string? ShardAccount, int? ExitCode, string Error)
{
    public static TvmAnswer Parse(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("output", out JsonElement output))
        {
            // It could not even begin: the message is of a form that no chain takes.
            return new TvmAnswer(null, null, null, document.RootElement.TryGetProperty("message", out JsonElement why) ? why.ToString() : "malformed");
        }

        return output.GetProperty("success").GetBoolean()
            ? new TvmAnswer(output.GetProperty("transaction").GetString(), output.GetProperty("shard_account").GetString(), null, "")
            : new TvmAnswer(null, null, Int(output, "vm_exit_code"), output.GetProperty("error").GetString() ?? "");
    }

    private static int? Int(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;
}

/// <summary>What the emulator says of a get-method.</summary>
/// <param name="ExitCode">0 or 1 is success.</param>
/// <param name="GasUsed">In units of gas.</param>
/// <param name="Stack">The results, as the bag of cells of a tuple's items, base64.</param>
internal sealed record TvmMethodAnswer(int ExitCode, long GasUsed, string Stack)
{
    public static TvmMethodAnswer Parse(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("output", out JsonElement output) && output.GetProperty("success").GetBoolean()
            ? new TvmMethodAnswer(
                output.GetProperty("vm_exit_code").GetInt32(),
                long.Parse(output.GetProperty("gas_used").GetString() ?? "0", System.Globalization.CultureInfo.InvariantCulture),
                output.GetProperty("stack").GetString() ?? "")
            : throw new TvmException($"The TVM could not run a get-method: {document.RootElement.GetRawText()}");
    }
}

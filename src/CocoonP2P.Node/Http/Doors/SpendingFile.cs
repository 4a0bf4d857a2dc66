using System.Globalization;
using System.Text.Json;
using CocoonP2P.Protocol;

namespace CocoonP2P.Node.Http.Doors;

/// <summary>spending.json: what each key has spent. Written whole under another name, then renamed.</summary>
/// <param name="path">In the data folder; null remembers nothing.</param>
internal sealed class SpendingFile(string? path)
{
    private const int MostBytes = 1024 * 1024;

    /// <exception cref="CocoonException">Configuration: a budget whose past cannot be read is not started anew.</exception>
    public Dictionary<string, Spending> Load()
    {
        if (path is null || !File.Exists(path))
        {
            return [];
        }

        try
        {
            if (new FileInfo(path).Length > MostBytes)
            {
                throw new JsonException("too long");
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.EnumerateObject().ToDictionary(
                key => key.Name,
                key => new Spending(key.Value.GetProperty("day").GetInt32(), Amount(key.Value, "today"), Amount(key.Value, "total"), default));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw new CocoonException(ErrorCode.Configuration, $"{path} cannot be read", "restore it; or remove it, and every budget begins anew");
        }
    }

    public void Save(IReadOnlyDictionary<string, Spending> keys)
    {
        if (path is null)
        {
            return;
        }

        File.WriteAllBytes(path + ".new", OpenAiJson.Write(w =>
        {
            foreach ((string name, Spending held) in keys)
            {
                Spending spending = held.Remembered();
                w.WriteStartObject(name);
                w.WriteNumber("day", spending.Day);
                w.WriteString("today", spending.Today.Value.ToString(CultureInfo.InvariantCulture));
                w.WriteString("total", spending.Total.Value.ToString(CultureInfo.InvariantCulture));
                w.WriteEndObject();
            }
        }));
        File.Move(path + ".new", path, overwrite: true);
    }

    private static NanoTon Amount(JsonElement key, string name) =>
        new(ulong.Parse(key.GetProperty(name).GetString()!, NumberStyles.None, CultureInfo.InvariantCulture));
}

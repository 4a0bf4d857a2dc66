using System.Text.Json;

namespace CocoonP2P.Attestation;

/// <summary>
/// The fields of one object of a policy. What is absent or null is null; what is of another kind or out of range leaves
/// the first problem behind, and the whole policy is refused.
/// </summary>
internal sealed class PolicyFields(JsonElement value, PolicyProblem problem)
{
    private const int MaxItems = 4096;

    /// <summary>A rule that is misspelt would silently not hold.</summary>
    public void AllowOnly(string owner, IReadOnlySet<string> names)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            problem.Note(owner, "holds something that is no object");
            return;
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                problem.Note(property.Name, "is no rule");
            }
        }
    }

    public string? Text(string name) =>
        IsAbsent(name) ? null : value.TryText(name, out string? text) && text.Length > 0 ? text : problem.Note<string>(name, "is no text");

    public bool? Flag(string name)
    {
        if (IsAbsent(name))
        {
            return null;
        }

        JsonValueKind kind = value.GetProperty(name).ValueKind;
        if (kind is not (JsonValueKind.True or JsonValueKind.False))
        {
            problem.Note(name, "is true or false");
        }

        return kind == JsonValueKind.True;
    }

    public bool? OneOf(string name, string yes, string no)
    {
        string? text = Text(name);
        if (text is not null && text != yes && text != no)
        {
            problem.Note(name, $"is \"{yes}\" or \"{no}\"");
        }

        return text is null ? null : text == yes;
    }

    public int? Number(string name, int max)
    {
        if (IsAbsent(name))
        {
            return null;
        }

        if (!value.TryNumber(name, (uint)max, out uint number))
        {
            problem.Note(name, $"is a whole number of at most {max}");
        }

        return (int)Math.Min(number, (uint)max);
    }

    public TimeSpan? Seconds(string name, TimeSpan max) =>
        Number(name, (int)max.TotalSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public DateTimeOffset? Time(string name)
    {
        if (IsAbsent(name))
        {
            return null;
        }

        if (!value.TryTime(name, out DateTimeOffset time))
        {
            problem.Note(name, "is no time like 2026-01-31T00:00:00Z");
        }

        return time;
    }

    public byte[]? Hex(string name, int length) =>
        IsAbsent(name) ? null
        : value.TryHex(name, length, out byte[] bytes) ? bytes
        : problem.Note<byte[]>(name, $"is not {length} bytes in hexadecimal");

    public List<string>? Texts(string name) =>
        Items(name)?.Select(item => TextOf(item) ?? problem.Note<string>(name, "holds something that is no text") ?? "").ToList();

    /// <summary>Values of one length, in lower case.</summary>
    public List<string>? Hashes(string name, int length) =>
        Items(name)?.Select(item => LowerHex(item, length)
            ?? problem.Note<string>(name, $"holds something that is not {length} bytes in hexadecimal") ?? "").ToList();

    /// <summary>Names that stand for values; one that stands for none is a problem.</summary>
    public List<T>? Each<T>(string name, Func<string, T?> parse)
        where T : struct
    {
        var values = new List<T>();
        foreach (string text in Texts(name) ?? [])
        {
            if (parse(text) is not { } parsed)
            {
                return problem.Note<List<T>>(name, $"does not know \"{text}\"");
            }

            values.Add(parsed);
        }

        return IsAbsent(name) ? null : values;
    }

    public List<JsonElement>? Items(string name)
    {
        if (IsAbsent(name))
        {
            return null;
        }

        return value.TryList(name, MaxItems, out JsonElement list)
            ? [.. list.EnumerateArray()]
            : problem.Note<List<JsonElement>>(name, $"is no list of at most {MaxItems}");
    }

    public PolicyFields? Object(string name) =>
        value.TryObject(name, out JsonElement inner) ? new PolicyFields(inner, problem) : null;

    private bool IsAbsent(string name) =>
        value.ValueKind != JsonValueKind.Object
        || !value.TryGetProperty(name, out JsonElement field)
        || field.ValueKind == JsonValueKind.Null;

    private static string? LowerHex(JsonElement item, int length) =>
        TextOf(item) is { } text && JsonFields.TryParseHex(text, length, out byte[] bytes) ? Convert.ToHexStringLower(bytes) : null;

    private static string? TextOf(JsonElement item)
    {
        try
        {
            return item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate is no text.
            return null;
        }
    }
}

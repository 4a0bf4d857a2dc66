using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CocoonP2P.Node.Http.Requests;

/// <summary>A value of a request and its path, read strictly: another type or range is refused by the path.</summary>
/// <param name="Path">Such as "messages[2].role".</param>
/// <param name="Value">What was sent.</param>
internal readonly record struct Field(string Path, JsonElement Value)
{
    /// <summary>SDKs send null for what their user left out.</summary>
    public bool IsNull => Value.ValueKind == JsonValueKind.Null;

    public bool IsText => Value.ValueKind == JsonValueKind.String;

    public bool IsList => Value.ValueKind == JsonValueKind.Array;

    public bool IsMap => Value.ValueKind == JsonValueKind.Object;

    /// <summary>Ends the request at this field.</summary>
    public BadFieldException Bad(string hint) => new(Path, hint);

    public string Text(int most = int.MaxValue)
    {
        string text = IsText ? Value.GetString()! : throw Bad("send a text");
        return text.Length <= most && Encoding.UTF8.GetByteCount(text) <= most
            ? text
            : throw Bad($"send at most {most.ToString(CultureInfo.InvariantCulture)} bytes of text");
    }

    public bool Flag() => Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Bad("send true or false"),
    };

    public float Number(float least, float most) =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetSingle(out float number) && number >= least && number <= most
            ? number
            : throw Bad(string.Create(CultureInfo.InvariantCulture, $"send a number from {least:0.##} to {most:0.##}"));

    public int Whole(int least, int most) =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out int number) && number >= least && number <= most
            ? number
            : throw Bad(string.Create(CultureInfo.InvariantCulture, $"send a whole number from {least} to {most}"));

    public long Long() =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt64(out long number) ? number : throw Bad("send a whole number of 64 bits");

    /// <summary>One of a few words.</summary>
    public string Word(params ReadOnlySpan<string> words) =>
        IsText && words.Contains(Value.GetString()!) ? Value.GetString()! : throw Bad("send one of: " + string.Join(", ", words!));

    /// <summary>The items of a list of bounded length.</summary>
    public IEnumerable<Field> Items(int most)
    {
        if (!IsList || Value.GetArrayLength() > most)
        {
            throw Bad(string.Create(CultureInfo.InvariantCulture, $"send a list of at most {most}"));
        }

        string path = Path;
        return Value.EnumerateArray().Select((item, i) => new Field(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), item));
    }

    /// <summary>The members of an object that are there: a null means absent.</summary>
    public IEnumerable<Member> Members()
    {
        string prefix = Path.Length == 0 ? "" : Path + ".";
        return IsMap
            ? Value.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Null).Select(m => new Member(m.Name, new Field(prefix + Shown(m.Name), m.Value)))
            : throw new BadFieldException(Path.Length == 0 ? "the body" : Path, "send a JSON object");
    }

    /// <summary>A name that goes into an answer: what a sender invents must stay short there.</summary>
    private static string Shown(string name) => name.Length <= 64 ? name : name[..64] + "…";
}

/// <summary>A member of an object: its own name, and its value with its path.</summary>
internal readonly record struct Member(string Name, Field Field)
{
    /// <summary>A field that exists nowhere, or that this node cannot honour.</summary>
    public BadFieldException Unknown() => Field.Bad("this field, or this value of it, is not supported; leave it out");
}

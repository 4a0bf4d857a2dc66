using System.Globalization;
using System.Text;

namespace CocoonP2P.Attestation;

/// <summary>JSON in the form of RFC 8785, of the values that a policy has: text, whole numbers, flags, lists, objects.</summary>
internal static class CanonicalJson
{
    public static byte[] Write(object? value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case int number:
                text.Append(number.ToString(CultureInfo.InvariantCulture));
                break;
            case string literal:
                AppendText(text, literal);
                break;
            case IReadOnlyDictionary<string, object?> members:
                AppendObject(text, members);
                break;
            case IEnumerable<object?> items:
                AppendList(text, items);
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} has no canonical form here.", nameof(value));
        }
    }

    /// <summary>Members go by the UTF-16 code units of their names (RFC 8785, 3.2.3).</summary>
    private static void AppendObject(StringBuilder text, IReadOnlyDictionary<string, object?> members)
    {
        text.Append('{');
        string comma = "";
        foreach ((string name, object? value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            text.Append(comma);
            AppendText(text, name);
            text.Append(':');
            Append(text, value);
            comma = ",";
        }

        text.Append('}');
    }

    private static void AppendList(StringBuilder text, IEnumerable<object?> items)
    {
        text.Append('[');
        string comma = "";
        foreach (object? item in items)
        {
            text.Append(comma);
            Append(text, item);
            comma = ",";
        }

        text.Append(']');
    }

    private static void AppendText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char unit in value)
        {
            text.Append(unit switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => "\\u" + ((int)unit).ToString("x4", CultureInfo.InvariantCulture),
                _ => unit.ToString(),
            });
        }

        text.Append('"');
    }
}

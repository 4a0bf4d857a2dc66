using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CocoonP2P.Text.Templates;

/// <summary>The filter tojson, as the reference writes it: a space after colons and commas, nothing escaped for HTML.</summary>
internal static class JsonText
{
    /// <summary>Writes a value; with an indentation each member stands on a line of its own.</summary>
    public static string Write(Value value, int? indent)
    {
        StringBuilder text = new();
        Append(text, value, indent, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Value value, int? indent, int depth)
    {
        if (text.Length > TemplateLimits.Output || depth > TemplateLimits.Depth)
        {
            throw Failure.At("tojson is too long or too deep");
        }

        switch (value)
        {
            case ListValue list:
                AppendGroup(text, '[', ']', list.Items, item => Append(text, item, indent, depth + 1), indent, depth);
                break;
            case MapValue map:
                AppendGroup(text, '{', '}', [.. map.Members], member =>
                {
                    AppendText(text, member.Key);
                    text.Append(": ");
                    Append(text, member.Value, indent, depth + 1);
                }, indent, depth);
                break;
            case TextValue inner:
                AppendText(text, inner.Text.Text);
                break;
            case BooleanValue flag:
                text.Append(flag.Value ? "true" : "false");
                break;
            case NumberValue number:
                text.Append(number.Value);
                break;
            case DecimalValue number:
                text.Append(number.Digits);
                break;
            case NoneValue:
                text.Append("null");
                break;
            default:
                throw Failure.At($"tojson of {value.Kind}");
        }
    }

    private static void AppendGroup<T>(
        StringBuilder text, char open, char close, IReadOnlyList<T> items, Action<T> append, int? indent, int depth)
    {
        text.Append(open);
        for (int i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "" : indent is null ? ", " : ",");
            NewLine(text, indent, depth + 1);
            append(items[i]);
        }

        if (items.Count > 0)
        {
            NewLine(text, indent, depth);
        }

        text.Append(close);
    }

    private static void NewLine(StringBuilder text, int? indent, int depth)
    {
        if (indent is int width)
        {
            text.Append('\n').Append(' ', width * depth);
        }
    }

    private static void AppendText(StringBuilder text, string value) =>
        text.Append('"').Append(JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString()).Append('"');
}

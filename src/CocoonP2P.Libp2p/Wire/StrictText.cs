using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CocoonP2P.Libp2p;

/// <summary>Text from the wire: bounded, and UTF-8 or nothing. Bad bytes never become replacement characters.</summary>
internal static class StrictText
{
    public static bool TryRead(ReadOnlySpan<byte> bytes, int maxBytes, [NotNullWhen(true)] out string? text)
    {
        text = bytes.Length <= maxBytes && System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
        return text is not null;
    }
}

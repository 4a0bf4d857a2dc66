using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace CocoonP2P.Attestation;

/// <summary>
/// A signed document as Intel's service sends it: an object of two members, the value and the signature over that
/// value's exact bytes.
/// </summary>
internal sealed class SignedJson
{
    /// <summary>The longest TCB Info seen takes 5 KiB.</summary>
    public const int MaxBytes = 256 * 1024;

    private SignedJson(JsonElement value, byte[] hash, byte[] signature)
    {
        Value = value;
        Hash = hash;
        Signature = signature;
    }

    public JsonElement Value { get; }

    /// <summary>SHA-256 of the value as it was sent.</summary>
    public byte[] Hash { get; }

    public byte[] Signature { get; }

    public DateTimeOffset IssueDate { get; private init; }

    public DateTimeOffset NextUpdate { get; private init; }

    public static bool TryParse(ReadOnlyMemory<byte> utf8, string name, [NotNullWhen(true)] out SignedJson? signed)
    {
        signed = null;
        if (utf8.Length > MaxBytes || !StrictJson.TryParse(utf8, out JsonDocument? document))
        {
            return false;
        }

        using (document)
        {
            if (document.RootElement.GetPropertyCount() != 2
                || !document.RootElement.TryObject(name, out JsonElement value)
                || !document.RootElement.TryHex("signature", QuoteLayout.SignatureSize, out byte[] signature)
                || !value.TryTime("issueDate", out DateTimeOffset issueDate)
                || !value.TryTime("nextUpdate", out DateTimeOffset nextUpdate))
            {
                return false;
            }

            byte[] hash = SHA256.HashData(JsonMarshal.GetRawUtf8Value(value));
            signed = new SignedJson(value.Clone(), hash, signature) { IssueDate = issueDate, NextUpdate = nextUpdate };
            return true;
        }
    }
}

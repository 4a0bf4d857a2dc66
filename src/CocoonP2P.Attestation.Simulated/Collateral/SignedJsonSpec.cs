using System.Text;

namespace CocoonP2P.Attestation.Simulated;

/// <summary>A signed document to be: its text can be edited before it is signed, and after.</summary>
internal sealed class SignedJsonSpec(string name, string text, SimulatedKey signer)
{
    public SimulatedKey Signer { get; set; } = signer;

    /// <summary>The value that is signed.</summary>
    public string Text { get; set; } = text;

    /// <summary>Applied to the whole document after signing.</summary>
    public Func<string, string> AfterSigning { get; set; } = whole => whole;

    /// <summary>Edits the value; what is to be replaced must be there.</summary>
    public void Replace(string old, string replacement)
    {
        int at = Text.IndexOf(old, StringComparison.Ordinal);
        if (at < 0)
        {
            throw new ArgumentException($"The document has no {old}.", nameof(old));
        }

        Text = string.Concat(Text.AsSpan(0, at), replacement, Text.AsSpan(at + old.Length));
    }

    public byte[] Encode()
    {
        string signature = Convert.ToHexStringLower(Signer.Sign(Encoding.UTF8.GetBytes(Text)));
        return Encoding.UTF8.GetBytes(AfterSigning($$"""{"{{name}}":{{Text}},"signature":"{{signature}}"}"""));
    }
}

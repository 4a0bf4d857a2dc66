using System.Text;

namespace CocoonP2P.Ton.LocalChain.Tvm;

/// <summary>Keeps the end of a text of any length, in bounded memory.</summary>
internal sealed class BoundedLog(int limit)
{
    private readonly StringBuilder text = new();

    public void Append(ReadOnlySpan<byte> utf8)
    {
        text.Append(Encoding.UTF8.GetString(utf8.Length > limit ? utf8[^limit..] : utf8));
        if (text.Length > limit)
        {
            text.Remove(0, text.Length - limit);
        }
    }

    /// <summary>What was kept; the log is empty afterwards.</summary>
    public string Drain()
    {
        string all = text.ToString();
        text.Clear();
        return all;
    }
}

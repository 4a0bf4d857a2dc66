using System.Text;

namespace CocoonP2P.Libp2p;

/// <summary>Agrees on one protocol by name. Reads not a byte more than the agreement, so what follows belongs to what was agreed.</summary>
/// <remarks>Specification connections/README.md, "multistream-select".</remarks>
internal static class Multistream
{
    public const string Header = "/multistream/1.0.0";

    /// <summary>The longest line, its newline included.</summary>
    public const int MaxLine = 1024;

    /// <summary>An honest dialler proposes a handful.</summary>
    public const int MaxProposals = 32;

    private const string NotAvailable = "na";

    /// <summary>Proposes in order and returns what the remote took. Header and first proposal go in one packet.</summary>
    /// <exception cref="Libp2pException">The remote took none, or does not speak multistream.</exception>
    public static async Task<string> SelectAsync(IByteChannel channel, IReadOnlyList<string> protocols, CancellationToken ct)
    {
        byte[] hello = [.. Line(Header), .. Line(protocols[0])];
        await channel.WriteAsync(hello, ct);
        await ExpectHeaderAsync(channel, ct);
        for (int i = 0; ; i++)
        {
            string answer = await ReadLineAsync(channel, ct);
            if (answer == protocols[i])
            {
                return answer;
            }

            if (answer != NotAvailable)
            {
                throw Libp2pException.Violation("negotiation", "the remote answered with another protocol than the one proposed");
            }

            if (i + 1 == protocols.Count)
            {
                throw Libp2pException.NoProtocol(protocols);
            }

            await channel.WriteAsync(Line(protocols[i + 1]), ct);
        }
    }

    /// <summary>Answers proposals until one is supported, and returns it.</summary>
    /// <exception cref="Libp2pException">Too many proposals, or not multistream.</exception>
    public static async Task<string> AnswerAsync(IByteChannel channel, Func<string, bool> supports, CancellationToken ct)
    {
        await ExpectHeaderAsync(channel, ct);
        await channel.WriteAsync(Line(Header), ct);
        for (int i = 0; i < MaxProposals; i++)
        {
            string proposal = await ReadLineAsync(channel, ct);
            if (supports(proposal))
            {
                await channel.WriteAsync(Line(proposal), ct);
                return proposal;
            }

            await channel.WriteAsync(Line(NotAvailable), ct);
        }

        throw Libp2pException.Violation("negotiation", $"more than {MaxProposals} proposals");
    }

    internal static byte[] Line(string text) => LengthPrefixed.Frame(Encoding.UTF8.GetBytes(text + "\n"));

    private static async Task ExpectHeaderAsync(IByteChannel channel, CancellationToken ct)
    {
        if (await ReadLineAsync(channel, ct) != Header)
        {
            throw Libp2pException.Violation("negotiation", "the remote does not speak multistream");
        }
    }

    private static async Task<string> ReadLineAsync(IByteChannel channel, CancellationToken ct)
    {
        byte[]? line = await LengthPrefixed.ReadAsync(channel, MaxLine, ct);
        if (line is null)
        {
            throw Libp2pException.Truncated();
        }

        return line is [.., (byte)'\n'] && StrictText.TryRead(line.AsSpan(..^1), MaxLine, out string? text)
            ? text
            : throw Libp2pException.Violation("negotiation", "a line without newline, or not UTF-8");
    }
}

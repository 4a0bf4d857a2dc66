using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace CocoonP2P.Ton;

/// <summary>A wallet's secret as 24 words in TON's own scheme, which is not BIP-39: one draw of words in 256 is valid, and
/// the key comes from the words by HMAC and PBKDF2, both with SHA-512. (ton-blockchain/ton, tonlib, keys/Mnemonic.cpp.)</summary>
[DebuggerDisplay("secret, 24 words")]
public sealed class Mnemonic
{
    /// <summary>How many words there are.</summary>
    public const int WordCount = 24;

    private const int Iterations = 100_000;
    private const int CheckIterations = Iterations / 256;
    private const int HashSize = 64;

    private readonly string phrase;
    private readonly string password;

    private Mnemonic(string phrase, string password)
    {
        this.phrase = phrase;
        this.password = password;
    }

    /// <summary>Draws words until they are valid; about a quarter of a second.</summary>
    /// <param name="random">Where the words come from; only a cryptographic source is safe.</param>
    public static Mnemonic Create(RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> draw = stackalloc byte[WordCount * 2];
        string[] words = new string[WordCount];
        while (true)
        {
            random.GetBytes(draw);
            for (int i = 0; i < WordCount; i++)
            {
                words[i] = WordList.Words[BinaryPrimitives.ReadUInt16BigEndian(draw[(2 * i)..]) % WordList.Count];
            }

            if (TryParse(string.Join(' ', words), out Mnemonic? mnemonic))
            {
                CryptographicOperations.ZeroMemory(draw);
                return mnemonic;
            }
        }
    }

    /// <summary>Reads 24 words, in any case and with any spaces between; false where a word is unknown or the words are no
    /// TON mnemonic under this password.</summary>
    public static bool TryParse(string? words, [NotNullWhen(true)] out Mnemonic? mnemonic, string password = "")
    {
        mnemonic = null;
        if (words is null || words.Length > 1_024 || password is null)
        {
            return false;
        }

        string[] list = words.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (list.Length != WordCount || !list.All(WordList.Contains))
        {
            return false;
        }

        string phrase = string.Join(' ', list);
        if (Derive(phrase, password, "TON seed version"u8, CheckIterations)[0] != 0
            || (password.Length > 0 && !NeedsPassword(phrase)))
        {
            return false;
        }

        mnemonic = new Mnemonic(phrase, password);
        return true;
    }

    /// <summary>Reads 24 words, or throws <see cref="TonFormatException"/> with code <c>mnemonic</c>.</summary>
    public static Mnemonic Parse(string words, string password = "") =>
        TryParse(words, out Mnemonic? mnemonic, password) ? mnemonic : throw new TonFormatException(FormatCode.Mnemonic);

    /// <summary>The key of the wallet: 100,000 rounds, tens of milliseconds.</summary>
    public KeyPair ToKeyPair()
    {
        byte[] seed = Derive(phrase, password, "TON default seed"u8, Iterations);
        KeyPair key = KeyPair.FromSeed(seed.AsSpan(0, KeyPair.SeedSize));
        CryptographicOperations.ZeroMemory(seed);
        return key;
    }

    /// <summary>The words with single spaces, for the one moment when their owner writes them down.</summary>
    public string Reveal() => phrase;

    /// <summary>Never the words.</summary>
    public override string ToString() => "secret, 24 words";

    /// <summary>Words that ask for a password say so themselves: under none they are marked, and no valid mnemonic.</summary>
    private static bool NeedsPassword(string phrase) =>
        Derive(phrase, "", "TON fast seed version"u8, 1)[0] == 1
        && Derive(phrase, "", "TON seed version"u8, CheckIterations)[0] != 0;

    private static byte[] Derive(string phrase, string password, ReadOnlySpan<byte> salt, int iterations)
    {
        byte[] entropy = HMACSHA512.HashData(Encoding.UTF8.GetBytes(phrase), Encoding.UTF8.GetBytes(password));
        byte[] derived = Rfc2898DeriveBytes.Pbkdf2(entropy, salt, iterations, HashAlgorithmName.SHA512, HashSize);
        CryptographicOperations.ZeroMemory(entropy);
        return derived;
    }
}

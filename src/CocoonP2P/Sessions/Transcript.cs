using System.Security.Cryptography;

namespace CocoonP2P.Sessions;

/// <summary>The running SHA-384 over everything both sides said, in plaintext and in order.</summary>
internal sealed class Transcript : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA384);

    public Transcript Append(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        return this;
    }

    /// <summary>The hash so far.</summary>
    public byte[] Hash() => _hash.GetCurrentHash();

    public void Dispose() => _hash.Dispose();
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CocoonP2P.Attestation;

/// <summary>Facts by the SHA-256 of what they are about; the oldest makes room. Safe for concurrent use.</summary>
internal sealed class BoundedCache<T>(int capacity)
    where T : class
{
    private readonly Lock gate = new();
    private readonly Dictionary<Key, T> facts = [];
    private readonly Queue<Key> order = new();

    public bool TryGet(in Key key, [NotNullWhen(true)] out T? fact)
    {
        lock (gate)
        {
            return facts.TryGetValue(key, out fact);
        }
    }

    public void Add(in Key key, T fact)
    {
        lock (gate)
        {
            if (!facts.TryAdd(key, fact))
            {
                return;
            }

            order.Enqueue(key);
            if (order.Count > capacity)
            {
                facts.Remove(order.Dequeue());
            }
        }
    }

    /// <summary>A SHA-256 hash as a value.</summary>
    internal readonly record struct Key(ulong A, ulong B, ulong C, ulong D)
    {
        public static Key Of(ReadOnlySpan<byte> bytes)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes, hash);
            return MemoryMarshal.Read<Key>(hash);
        }
    }
}

using System.Security.Cryptography;

namespace CocoonP2P.Models;

/// <summary>
/// The hash tree of dm-verity format 1: SHA-256, data and hash blocks of 4 KiB, no salt, zero padding. The root is the
/// digest of the top block, or of the data block where there is one only. docs/protocol/inference.md, "Files".
/// </summary>
internal static class VerityTree
{
    public const int Block = 4096;
    public const int DigestBytes = 32;

    /// <summary>128 digests fill a hash block, so one leaf hash block covers 512 KiB of data: the unit of transfer.</summary>
    public const int Chunk = Block * (Block / DigestBytes);

    /// <summary>Takes a file block by block, in order; holds one hash block a level, never the file.</summary>
    public sealed class Builder
    {
        // 128^5 blocks of 4 KiB are 128 TiB.
        private readonly byte[][] _levels = [new byte[Block], new byte[Block], new byte[Block], new byte[Block], new byte[Block]];
        private readonly int[] _used = new int[5];
        private bool _empty = true;
        private bool _partial;

        /// <summary>Adds data. Only the last piece may end inside a block.</summary>
        public void Append(ReadOnlySpan<byte> data)
        {
            Invariant.Holds(!_partial || data.IsEmpty, "only the last block of a file is partial");
            Span<byte> digest = stackalloc byte[DigestBytes];
            while (data.Length >= Block)
            {
                SHA256.HashData(data[..Block], digest);
                Push(0, digest);
                data = data[Block..];
            }

            if (!data.IsEmpty)
            {
                Span<byte> padded = stackalloc byte[Block];
                padded.Clear();
                data.CopyTo(padded);
                SHA256.HashData(padded, digest);
                Push(0, digest);
                _partial = true;
            }
        }

        /// <summary>The root, 32 bytes. An empty file is one block of zeros.</summary>
        public byte[] Finish()
        {
            if (_empty)
            {
                Append(new byte[Block]);
            }

            Span<byte> digest = stackalloc byte[DigestBytes];
            for (int level = 0; ; level++)
            {
                bool top = _used.AsSpan(level + 1).IndexOfAnyExcept(0) < 0;
                if (top && _used[level] == 1)
                {
                    return _levels[level].AsSpan(0, DigestBytes).ToArray();
                }

                if (_used[level] > 0)
                {
                    Close(level, digest);
                    Push(level + 1, digest);
                }
            }
        }

        private void Push(int level, ReadOnlySpan<byte> digest)
        {
            _empty = false;
            digest.CopyTo(_levels[level].AsSpan(_used[level] * DigestBytes));
            if (++_used[level] == Block / DigestBytes)
            {
                Span<byte> parent = stackalloc byte[DigestBytes];
                Close(level, parent);
                Push(level + 1, parent);
            }
        }

        private void Close(int level, Span<byte> digest)
        {
            SHA256.HashData(_levels[level], digest);
            _levels[level].AsSpan().Clear();
            _used[level] = 0;
        }
    }

    /// <summary>The root of bytes that are all in memory.</summary>
    public static byte[] Root(ReadOnlySpan<byte> data)
    {
        Builder builder = new();
        builder.Append(data);
        return builder.Finish();
    }
}

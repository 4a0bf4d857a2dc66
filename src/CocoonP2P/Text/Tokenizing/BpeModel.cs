using System.Buffers;

namespace CocoonP2P.Text.Tokenizing;

/// <summary>
/// Byte-level byte pair encoding: the pair of neighbours with the lowest rank is joined until no pair has one. A heap
/// over a linked list, so a piece of n bytes takes n log n steps whatever it holds.
/// </summary>
internal sealed class BpeModel : ITokenModel
{
    private readonly int[] _byteIds;
    private readonly Dictionary<long, Merge> _merges;

    /// <param name="byteIds">The token of each of the 256 bytes, −1 for none: such a byte is dropped, as the reference does.</param>
    /// <param name="merges">Rank and result by <see cref="Pair"/>.</param>
    public BpeModel(int[] byteIds, Dictionary<long, Merge> merges)
    {
        _byteIds = byteIds;
        _merges = merges;
    }

    /// <summary>The key of a pair of neighbours.</summary>
    public static long Pair(int left, int right) => ((long)left << 32) | (uint)right;

    public void Encode(ReadOnlySpan<byte> piece, List<int> output)
    {
        int[] ids = ArrayPool<int>.Shared.Rent(piece.Length);
        int count = 0;
        foreach (byte value in piece)
        {
            if (_byteIds[value] >= 0)
            {
                ids[count++] = _byteIds[value];
            }
        }

        if (count > 1)
        {
            count = Join(ids.AsSpan(0, count));
        }

        for (int i = 0; i < count; i++)
        {
            output.Add(ids[i]);
        }

        ids.AsSpan(0, piece.Length).Clear();
        ArrayPool<int>.Shared.Return(ids);
    }

    /// <summary>Joins in place, returns how many are left.</summary>
    private int Join(Span<int> ids)
    {
        int[] next = ArrayPool<int>.Shared.Rent(ids.Length);
        int[] previous = ArrayPool<int>.Shared.Rent(ids.Length);
        PriorityQueue<Candidate, (int Rank, int Position)> queue = new();
        for (int i = 0; i < ids.Length; i++)
        {
            previous[i] = i - 1;
            next[i] = i + 1;
            Offer(queue, ids, i, i + 1);
        }

        while (queue.TryDequeue(out Candidate candidate, out _))
        {
            int left = candidate.Position;
            int right = candidate.Right;

            // A candidate is stale once one of its halves was joined elsewhere: the halves are checked, not tracked.
            if (ids[left] != candidate.LeftId || next[left] != right || ids[right] != candidate.RightId)
            {
                continue;
            }

            ids[left] = candidate.Result;
            ids[right] = -1;
            next[left] = next[right];
            if (next[left] < ids.Length)
            {
                previous[next[left]] = left;
                Offer(queue, ids, left, next[left]);
            }

            if (previous[left] >= 0)
            {
                Offer(queue, ids, previous[left], left);
            }
        }

        int count = 0;
        for (int i = 0; i < ids.Length; i = next[i])
        {
            ids[count++] = ids[i];
        }

        ArrayPool<int>.Shared.Return(next);
        ArrayPool<int>.Shared.Return(previous);
        return count;
    }

    private void Offer(PriorityQueue<Candidate, (int Rank, int Position)> queue, Span<int> ids, int left, int right)
    {
        if (right < ids.Length && _merges.TryGetValue(Pair(ids[left], ids[right]), out Merge merge))
        {
            queue.Enqueue(new Candidate(left, right, ids[left], ids[right], merge.Result), (merge.Rank, left));
        }
    }

    /// <summary>What a pair becomes, and how early.</summary>
    internal readonly record struct Merge(int Rank, int Result);

    private readonly record struct Candidate(int Position, int Right, int LeftId, int RightId, int Result);
}

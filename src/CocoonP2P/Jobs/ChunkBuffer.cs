using CocoonP2P.Inference;
using CocoonP2P.Protocol;

namespace CocoonP2P.Jobs;

/// <summary>Tokens of a worker's job that wait for company: a chunk costs a signature at each end.</summary>
internal sealed class ChunkBuffer(TimeProvider time)
{
    private static readonly TimeSpan ChunkTime = TimeSpan.FromMilliseconds(100);

    private readonly List<int> _tokens = [];
    private readonly List<TokenLogprobs> _logprobs = [];
    private uint _index;
    private long _flushedAt;

    /// <summary>Takes what the backend made; true where it is time to send: at once for the first token.</summary>
    public bool Add(JobEvent.Delta delta)
    {
        _tokens.AddRange(delta.TokenIds.Span);
        _logprobs.AddRange(delta.Logprobs);
        return _index == 0 || _tokens.Count >= Limits.ChunkTokens || time.GetElapsedTime(_flushedAt) >= ChunkTime;
    }

    /// <summary>What waits, in chunks that a message can hold.</summary>
    public IReadOnlyList<JobChunk> Flush(byte[] jobHash)
    {
        bool described = _logprobs.Count == _tokens.Count;
        List<JobChunk> chunks = [];
        for (int at = 0; at < _tokens.Count; at += Limits.ChunkTokens)
        {
            int count = Math.Min(Limits.ChunkTokens, _tokens.Count - at);
            chunks.Add(new JobChunk(jobHash, _index++, [.. _tokens.GetRange(at, count)])
            {
                Logprobs = described ? _logprobs.GetRange(at, count) : [],
            });
        }

        _tokens.Clear();
        _logprobs.Clear();
        _flushedAt = time.GetTimestamp();
        return chunks;
    }
}

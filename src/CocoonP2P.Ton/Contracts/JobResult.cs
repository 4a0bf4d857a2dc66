namespace CocoonP2P.Ton.Contracts;

// result#4a435402 job_hash:uint256 output:uint256 started:uint32 ended:uint32 usage:^[ prompt:uint32 cached:uint32
//                 completion:uint32 reasoning:uint32 bytes_in:uint64 bytes_out:uint64 ] = JobResult;

/// <summary>What a job used: tokens of each class, and bytes.</summary>
internal readonly record struct JobUsage(
    uint Prompt, uint Cached, uint Completion, uint Reasoning, ulong BytesIn, ulong BytesOut);

/// <summary>What a job gave, without telling what was answered: its hash stands in the receipt.</summary>
/// <param name="JobHash">The hash of the <see cref="JobTerms"/>.</param>
/// <param name="Output">HMAC-SHA256 of the output under a key of the session.</param>
/// <param name="Started">Unix seconds.</param>
/// <param name="Ended">Unix seconds.</param>
/// <param name="Usage">What is charged for.</param>
internal sealed record JobResult(Bits256 JobHash, Bits256 Output, uint Started, uint Ended, JobUsage Usage)
{
    public const uint Tag = 0x4A435402;

    public Cell ToCell() => new CellBuilder()
        .StoreUint(Tag, 32)
        .StoreBits256(JobHash)
        .StoreBits256(Output)
        .StoreUint(Started, 32)
        .StoreUint(Ended, 32)
        .StoreRef(new CellBuilder()
            .StoreUint(Usage.Prompt, 32)
            .StoreUint(Usage.Cached, 32)
            .StoreUint(Usage.Completion, 32)
            .StoreUint(Usage.Reasoning, 32)
            .StoreUint(Usage.BytesIn, 64)
            .StoreUint(Usage.BytesOut, 64)
            .EndCell())
        .EndCell();
}

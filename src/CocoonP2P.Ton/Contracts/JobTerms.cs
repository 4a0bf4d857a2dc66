namespace CocoonP2P.Ton.Contracts;

// job_terms#4a435401 nonce:uint128 request:uint256 model:uint256 deadline:uint32
//                    more:^[ measurement:uint256 evidence:uint256 quote:uint256 ] = JobTerms;

/// <summary>What a job is, without telling what was asked: its hash stands in the lock.</summary>
/// <param name="Nonce">Random, so that equal jobs have different hashes.</param>
/// <param name="Request">HMAC-SHA256 of the request under a key of the session.</param>
/// <param name="Model">The digest of the model.</param>
/// <param name="Deadline">Unix seconds.</param>
/// <param name="Measurement">What the enclave is.</param>
/// <param name="Evidence">The hash of the evidence for it.</param>
/// <param name="Quote">The hash of the signed price.</param>
internal sealed record JobTerms(
    UInt128 Nonce, Bits256 Request, Bits256 Model, uint Deadline, Bits256 Measurement, Bits256 Evidence, Bits256 Quote)
{
    public const uint Tag = 0x4A435401;

    public Cell ToCell() => new CellBuilder()
        .StoreUint(Tag, 32)
        .StoreUint(Nonce, 128)
        .StoreBits256(Request)
        .StoreBits256(Model)
        .StoreUint(Deadline, 32)
        .StoreRef(new CellBuilder().StoreBits256(Measurement).StoreBits256(Evidence).StoreBits256(Quote).EndCell())
        .EndCell();
}

using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>What a receipt vouches for (<c>result#4a435402</c>).</summary>
/// <param name="JobHash">Cell hash of the job's terms.</param>
/// <param name="Output">HMAC-SHA256 of the output under a key of the session, so that a published hash reveals nothing.</param>
/// <param name="Started">Unix seconds.</param>
/// <param name="Ended">Unix seconds.</param>
/// <param name="Usage">What the job used in all.</param>
internal sealed record JobResult(Bits256 JobHash, Bits256 Output, uint Started, uint Ended, Usage Usage);

using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>A finished job's leaf under <c>jobs_root</c> (<c>record#4a435403</c>).</summary>
/// <param name="JobId">Number of the job in its epoch, from 1.</param>
/// <param name="Amount">What was paid for it.</param>
/// <param name="JobHash">Cell hash of its terms.</param>
/// <param name="ResultHash">Cell hash of its result; zero where no receipt arrived.</param>
internal sealed record JobRecord(ulong JobId, NanoTon Amount, Bits256 JobHash, Bits256 ResultHash);

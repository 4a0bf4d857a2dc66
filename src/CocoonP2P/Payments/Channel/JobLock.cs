using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>What a signed state sets aside for one job, as the contract reads it (<c>lock$_</c>).</summary>
/// <param name="Cap">Most that the job may cost.</param>
/// <param name="Paid">What vouchers have paid for it; a receipt adds only what is above.</param>
/// <param name="Expiry">Unix seconds of chain time after which no receipt counts.</param>
/// <param name="ReceiptKey">Key whose receipt alone may claim the job; zero, the default, for none.</param>
/// <param name="JobHash">Cell hash of the job's terms.</param>
internal sealed record JobLock(NanoTon Cap, NanoTon Paid, uint Expiry, Bits256 ReceiptKey, Bits256 JobHash)
{
    public NanoTon Free => Cap - Paid;
}

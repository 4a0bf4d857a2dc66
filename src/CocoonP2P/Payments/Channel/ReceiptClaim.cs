using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>A receipt that the contract would honour: the enclave's signature over a job's total and result.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Total">Its whole cost, at most the lock's cap.</param>
/// <param name="ResultHash">Cell hash of its result.</param>
/// <param name="ReceiptSignature">By the receipt key.</param>
internal sealed record ReceiptClaim(ulong JobId, NanoTon Total, Bits256 ResultHash, Signature ReceiptSignature);

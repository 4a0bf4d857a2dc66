using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>What the enclave signs for a job, apart from network, channel and epoch (<c>receipt#4a435302</c>).</summary>
internal sealed record ReceiptBody(ulong JobId, NanoTon Total, Bits256 ResultHash);

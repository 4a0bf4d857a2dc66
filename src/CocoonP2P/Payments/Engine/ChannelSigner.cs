using CocoonP2P.Protocol;
using CocoonP2P.Storage;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>Signs for one channel, and only what the journal holds.</summary>
/// <param name="journal">Where a record must be durable before it is signed.</param>
/// <param name="channel">Whose bodies.</param>
/// <param name="key">This side's key for the channel.</param>
/// <param name="receipts">The enclave's key, on a worker.</param>
internal sealed class ChannelSigner(IJournal journal, ChannelSettings channel, KeyPair key, KeyPair? receipts)
{
    /// <summary>Signs a recorded body; the same body gives the same 64 bytes, always.</summary>
    public Signature Sign(ulong epoch, Signable record)
    {
        Bits256 hash = Recorded(epoch, record);
        Invariant.Holds(key.PublicKey == channel.OwnKey, "a channel is signed with its own key");
        return Signature.From(key.Sign(hash.ToArray()));
    }

    /// <summary>The enclave's signature under a recorded receipt.</summary>
    public Signature SignReceipt(ulong epoch, ReceiptBody body)
    {
        Invariant.Holds(receipts is not null, "receipts are a worker's");
        return Signature.From(receipts.Sign(Recorded(epoch, new Signable.Receipt(body)).ToArray()));
    }

    /// <summary>Consent to the channel's terms, a layout that is no cell's hash.</summary>
    public Signature SignTerms() => Signature.From(key.Sign(PaymentSigningBytes.Terms(channel)));

    private Bits256 Recorded(ulong epoch, Signable record)
    {
        (RecordKind kind, ulong number, Bits256 hash) = JournalStore.Describe(channel, epoch, record);
        Invariant.Holds(
            journal.Holds(new RecordKey(channel.Address.Hash, epoch, kind, number), hash),
            "nothing is signed that the journal does not hold");
        return hash;
    }
}

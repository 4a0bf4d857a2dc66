using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>From effects to signed messages.</summary>
internal sealed partial class ChannelEngine
{
    private Bits256 Id => State.Settings.Address.Hash;

    private bool IsClient => State.Settings.Role == ChannelRole.Client;

    private PaymentMessage Message(ChannelEffect effect) => effect switch
    {
        ChannelEffect.SignState sign when IsClient => new StateUpdate(Id, sign.Body, sign.Changes, Sign(sign.Body)),
        ChannelEffect.SignState sign => new StateAck(Id, sign.Body.Seq, Sign(sign.Body)),
        ChannelEffect.SignFinal { Offer: true } sign => new FinalOffer(Id, sign.Body, Sign(sign.Body)),
        ChannelEffect.SignFinal sign => new FinalAgreed(Id, sign.Body, Sign(sign.Body)),
        ChannelEffect.SignTerms => new ChannelAgreed(Id, _ports.Signer.SignTerms()),
        ChannelEffect.SendResume resume => resume.Message with { Proof = Proof(resume.Proof) },
        ChannelEffect.Send send => send.Message,
        _ => throw new NotSupportedException("an effect without a message"),
    };

    private Signature? SignFor(ChannelTx tx) => tx switch
    {
        ChannelTx.Settle settle => Sign(settle.Body),
        ChannelTx.Challenge challenge => Sign(challenge.Body),
        ChannelTx.StartClose { Body: { } body } => Sign(body),
        ChannelTx.CoopClose coop => Sign(coop.Body),
        ChannelTx.ResolveLock { Claim: { } claim } =>
            _ports.Signer.Sign(State.Epoch, new Signable.Receipt(new ReceiptBody(claim.JobId, claim.Total, claim.ResultHash))),
        _ => null,
    };

    private ResumeProof? Proof(StateRecord? held)
    {
        if (held is not { PeerSignature: { } peers })
        {
            return null;
        }

        Signature own = Sign(held.Body);
        return IsClient ? new ResumeProof(held.Body, own, peers) : new ResumeProof(held.Body, peers, own);
    }

    private Signature Sign(StateBody body) => _ports.Signer.Sign(State.Epoch, new Signable.State(body));

    private Signature Sign(FinalBody body) => _ports.Signer.Sign(State.Epoch, new Signable.Final(body));
}

using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Attestation;

/// <summary>Leaf, intermediate and root as a quote carries them, each issued by the next (step S1).</summary>
internal sealed record PckChain(Certificate Leaf, Certificate Intermediate, Certificate Root)
{
    public static bool TryParse(ReadOnlySpan<byte> pem, [NotNullWhen(true)] out PckChain? chain, out Reason reason)
    {
        chain = null;
        if (!PemChain.TryParse(pem, out List<Certificate>? list) || list.Count != 3)
        {
            reason = new Reason(ReasonCode.PckChainMalformed, "not three certificates");
            return false;
        }

        if (!list[0].IsIssuedBy(list[1]) || !list[1].IsIssuedBy(list[2]) || !list[2].IsIssuedBy(list[2]))
        {
            reason = new Reason(ReasonCode.PckChainMalformed, "a certificate is not issued by the next");
            return false;
        }

        chain = new PckChain(list[0], list[1], list[2]);
        reason = default;
        return true;
    }
}

using CocoonP2P.Attestation;
using CocoonP2P.Attestation.Simulated;

namespace CocoonP2P.Tests.Attestation;

/// <summary>Spoilt input of every kind: an answer each time, no exception, and no more memory than the limits allow.</summary>
public sealed class HostileBytesTests
{
    private const int Iterations = 20_000;

    private static readonly SimulatedEvidence Evidence = SimulatedWorld.Tee.Evidence(SimulatedWorld.Td, "platform", SimulatedWorld.Now, null);

    [Fact]
    public void Spoilt_quotes_are_answered() => Fuzz(1, SimulatedWorld.QuoteOf(Evidence), 64 * 1024, bytes =>
    {
        if (TdxQuote.TryParse(bytes, out TdxQuote? quote, out _))
        {
            Assert.True(TdxQuote.TryParse(quote.CanonicalBytes.Span, out TdxQuote? again, out _));
            Assert.Equal(quote.CanonicalBytes.Length, again.CanonicalBytes.Length);
            AssertAnswered(QuoteVerifier.TryFindRoot(quote, SimulatedWorld.Policy.Roots, out _, out _, out Reason reason), reason);
        }
    });

    [Fact]
    public void Spoilt_certificates_are_answered() => Fuzz(2, Evidence.Pck.Encode(), 64 * 1024, bytes =>
    {
        if (CertificateParser.TryParse(bytes, out Certificate? certificate))
        {
            Assert.Equal(bytes, certificate.Der);
            Assert.Equal(SgxExtension.TryParse(certificate.Extensions.Sgx, out SgxExtension? sgx), sgx is not null);
        }
    });

    [Fact]
    public void Spoilt_revocation_lists_are_answered()
    {
        byte[] genuine = TdxVectors.Read("collateral/pck_platform_crl_2026-07-16_57.der");
        Assert.True(CertificateParser.TryParse(Evidence.Pck.Encode(), out Certificate? certificate));
        Fuzz(3, genuine, 64 * 1024, bytes =>
        {
            if (RevocationList.TryParse(bytes, out RevocationList? list))
            {
                list.Revokes(certificate);
            }
        });
    }

    [Fact]
    public void Spoilt_TCB_Info_is_answered() => Fuzz(4, Evidence.TcbInfo.Encode(), 512 * 1024, bytes =>
    {
        if (SignedJson.TryParse(bytes, "tcbInfo", out SignedJson? signed))
        {
            AssertAnswered(TcbInfo.TryParse(signed.Value, out _, out Reason reason), reason);
        }
    });

    [Fact]
    public void Spoilt_QE_Identity_is_answered() => Fuzz(5, Evidence.QeIdentity.Encode(), 512 * 1024, bytes =>
    {
        if (SignedJson.TryParse(bytes, "enclaveIdentity", out SignedJson? signed))
        {
            AssertAnswered(QeIdentity.TryParse(signed.Value, out _, out Reason reason), reason);
        }
    });

    [Fact]
    public void Spoilt_event_logs_are_answered() => Fuzz(6, TdxVectors.Read("eventlog/cos113-ccel-data.dat")[..4096], 64 * 1024, bytes =>
        AssertAnswered(EventLog.TryParse(bytes, out _, out Reason reason), reason));

    [Fact]
    public void Spoilt_policies_are_answered() => Fuzz(7, SimulatedWorld.Policy.CanonicalJson.ToArray(), 512 * 1024, bytes =>
        AssertAnswered(AppraisalPolicy.TryLoad(bytes, out _, out Reason reason), reason));

    private static void AssertAnswered(bool accepted, Reason reason) => Assert.Equal(accepted, reason.Code == ReasonCode.None);

    private static void Fuzz(int seed, byte[] genuine, int allocation, Action<byte[]> target)
    {
        var mutator = new Mutator(seed);
        target(genuine);
        for (int i = 0; i < Iterations; i++)
        {
            byte[] bytes = mutator.Spoil(genuine);
            long before = GC.GetAllocatedBytesForCurrentThread();
            target(bytes);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= allocation, $"iteration {i} allocated {allocated} bytes");
        }
    }
}

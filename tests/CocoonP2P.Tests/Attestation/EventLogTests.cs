using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CocoonP2P.Attestation;
using CocoonP2P.Attestation.Simulated;

namespace CocoonP2P.Tests.Attestation;

public sealed class EventLogTests
{
    private const int SpecificationEvent = 32 + 16;

    private static readonly byte[] First = SHA384.HashData("first"u8);

    private static readonly byte[] Second = SHA384.HashData("second"u8);

    [Fact]
    public void A_genuine_log_leads_to_its_quotes_registers()
    {
        Assert.True(EventLog.TryParse(TdxVectors.Read("eventlog/cos113-ccel-data.dat"), out EventLog? log, out Reason reason), reason.ToString());
        Assert.Equal(43, log.Count);
        Assert.True(log.LeadsTo(TdxVectors.Quote("google-cos113-v4-ccel").Body));
        Assert.False(log.LeadsTo(TdxVectors.Quote("automata-gcp-v4-padded").Body));
    }

    [Fact]
    public void A_genuine_log_with_one_digest_changed_leads_elsewhere()
    {
        byte[] bytes = TdxVectors.Read("eventlog/cos113-ccel-data.dat");
        Assert.True(EventLog.TryParse(bytes, out EventLog? log, out _));
        byte[] digest = log.DigestsOf(0).First();
        bytes[bytes.AsSpan().IndexOf(digest)] ^= 1;
        Assert.True(EventLog.TryParse(bytes, out log, out _));
        Assert.False(log.LeadsTo(TdxVectors.Quote("google-cos113-v4-ccel").Body));
    }

    [Fact]
    public void A_register_judged_by_its_events_accepts_those_listed() =>
        Assert.Equal(Tier.Affirming, Judge(Log(Event(4, First), Event(4, Second)), First, Second).Tier);

    [Fact]
    public void An_event_that_is_not_listed_is_refused() =>
        Assert.Equal(ReasonCode.MeasurementMismatch, Judge(Log(Event(4, First), Event(4, Second)), First).Reasons.Single().Code);

    [Fact]
    public void A_log_that_leads_elsewhere_is_refused() =>
        Assert.Equal(ReasonCode.EventLogReplayMismatch, Judge(Log(Event(4, Second), Event(4, First)), First, Second).Reasons.Single().Code);

    [Fact]
    public void A_missing_log_is_refused() =>
        Assert.Equal(ReasonCode.EventLogTruncated, Judge([], First, Second).Reasons.Single().Code);

    [Fact]
    public void A_log_cut_anywhere_inside_an_event_is_truncated()
    {
        byte[] whole = Log(Event(4, First));
        for (int length = 0; length < whole.Length; length++)
        {
            if (length != SpecificationEvent)
            {
                Assert.Equal(ReasonCode.EventLogTruncated, Parse(whole[..length]));
            }
        }

        Assert.Equal(ReasonCode.None, Parse(whole));
    }

    [Fact]
    public void Other_algorithms_and_two_digests_are_refused()
    {
        byte[] other = Event(4, First);
        other[12] = 0x0B;
        Assert.Equal(ReasonCode.EventLogAlgorithm, Parse(Log(other)));
        Assert.Equal(ReasonCode.EventLogAlgorithm, Parse(Log([.. Head(4, 13, 2), 12, 0, .. First, 12, 0, .. First, 0, 0, 0, 0])));
        Assert.Equal(ReasonCode.EventLogAlgorithm, Parse(Log([.. Head(4, 13, 0), 0, 0, 0, 0])));
        Assert.Equal(ReasonCode.EventLogAlgorithm, Parse(Log(Event(5, First))));
    }

    [Fact]
    public void Limits_are_checked_before_anything_is_kept()
    {
        Assert.Equal(ReasonCode.EventLogTooLarge, Parse(Log([.. Head(4, 13, 1), 12, 0, .. First, 255, 255, 255, 255])));
        Assert.Equal(ReasonCode.EventLogTooLarge, Parse(Log(Head(4, 13, 9))));
        Assert.Equal(ReasonCode.EventLogTooLarge, Parse(new byte[EventLog.MaxBytes + 1]));
        byte[] small = [.. Head(1, 3, 0), 0, 0, 0, 0];
        Assert.Equal(ReasonCode.EventLogTooLarge, Parse(Log([.. Enumerable.Repeat(small, 4097)])));
    }

    private static ReasonCode Parse(byte[] bytes) =>
        EventLog.TryParse(bytes, out _, out Reason reason) ? ReasonCode.None : reason.Code;

    /// <summary>A domain whose fourth register was extended with the first event and then the second.</summary>
    private static AttestationResult Judge(byte[] log, params byte[][] listed)
    {
        var fault = new SimulatedFault("extended", ReasonCode.None, evidence =>
        {
            Span<byte> registers = evidence.Quote.Body.AsSpan(328, 4 * 48);
            registers.Clear();
            byte[] once = SHA384.HashData([.. new byte[48], .. First]);
            SHA384.HashData([.. once, .. Second]).CopyTo(registers[144..]);
        });
        string zero = new('0', 96);
        string events = string.Join(',', listed.Select(digest => $"\"{Convert.ToHexString(digest)}\""));
        string image = $$"""
            [{"name":"image","mrTd":"{{Convert.ToHexString(SimulatedWorld.Td.MrTd)}}","rtmr0":"{{zero}}","rtmr1":"{{zero}}","rtmr2":"{{zero}}",
              "rtmr3":{"events":[{{events}}]} }]
            """;
        AppraisalPolicy policy = PolicyText.Load(PolicyText.Simulated("\"referenceValues\":" + image));
        VerificationResult verified = SimulatedWorld.Judge(fault, policy: policy).Verification!;
        return policy.Appraise(verified, SimulatedWorld.Data, log);
    }

    private static byte[] Log(params byte[][] events) =>
        [.. new byte[28], 16, 0, 0, 0, .. Encoding.ASCII.GetBytes("Spec ID Event03\0"), .. events.SelectMany(one => one)];

    private static byte[] Event(uint register, byte[] digest) => [.. Head(register, 13, 1), 12, 0, .. digest, 4, 0, 0, 0, 1, 2, 3, 4];

    private static byte[] Head(params uint[] fields)
    {
        byte[] bytes = new byte[4 * fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), fields[i]);
        }

        return bytes;
    }
}

using CocoonP2P.Capacity;
using CocoonP2P.Ton;
using CsCheck;
using static CocoonP2P.Tests.Capacity.MarketSamples;
using static CocoonP2P.Tests.Capacity.OfferSamples;

namespace CocoonP2P.Tests.Capacity;

public sealed class RecordCodecTests
{
    private readonly MarketSamples _market = new();

    private byte[] Sample()
    {
        _market.Serve(Of(1), answers: 7);
        _market.Fail(Of(1), FailureKind.Lost);
        _market.Fail(Of(1), FailureKind.EvidenceRefused);
        _market.Market.Receipted(Peer(1), _market.Time);
        _market.Market.Opened(Peer(1), TimeSpan.FromMilliseconds(80), upToDate: true, _market.Time);
        return RecordCodec.Encode(_market.Market.Memory.Find(Peer(1))!);
    }

    [Fact]
    public void A_record_is_read_as_it_was_written()
    {
        byte[] bytes = Sample();
        Assert.True(bytes.Length < 512, $"{bytes.Length} bytes");
        Assert.True(RecordCodec.TryDecode(bytes, _market.Time, out WorkerRecord? record));
        ModelRecord model = record.Models[new Bits256(Model)];
        Assert.Equal((7, 1u, true), (model.Finished, record.Receipts, record.UpToDate));
        Assert.Equal(0.5, model.FirstToken.Value, 3);
        Assert.Equal((FailureKind.Lost, FailureKind.EvidenceRefused), (model.Backoff.Last, record.Backoff.Last));
        Assert.Equal(bytes, RecordCodec.Encode(record));
    }

    [Fact]
    public void Damaged_records_are_dropped_and_never_throw()
    {
        byte[] bytes = Sample();
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Int[0, bytes.Length]).Sample((at, value, length) =>
        {
            byte[] changed = [.. bytes.AsSpan(0, length)];
            if (at < length)
            {
                changed[at] = value;
            }

            if (RecordCodec.TryDecode(changed, _market.Time, out WorkerRecord? record))
            {
                Assert.True(record.Models.Count <= CocoonP2P.Protocol.Limits.OfferModels);
                Assert.All(record.Models.Values, m => Assert.True(double.IsFinite(m.Success(_market.Time)) && m.FirstToken.Value >= 0));
                Assert.True(record.Backoff.Until <= _market.Time.AddMinutes(10));
            }
        }, iter: 20_000);
        Assert.False(RecordCodec.TryDecode(new byte[] { 2 }, _market.Time, out _));
    }
}

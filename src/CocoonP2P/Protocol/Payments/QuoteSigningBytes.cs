using System.Buffers.Binary;
using CocoonP2P.Payments;
using CocoonP2P.Ton;

namespace CocoonP2P.Protocol;

/// <summary>The signed layout of a quote: one encoding for one value. Integers are big-endian, an address is its workchain
/// (4) and hash (32), periods are counted by one byte.</summary>
internal static class QuoteSigningBytes
{
    /// <summary>Kind, version and a zero: never the start, nor the length, of anything else that this key signs.</summary>
    private static ReadOnlySpan<byte> Label => "cocoon-quote/1\0"u8;

    public static byte[] Of(Quote quote)
    {
        ByteWriter bytes = new(512);
        bytes.Add(Label);
        bytes.Add32(unchecked((uint)quote.NetworkId));
        bytes.Add(quote.WorkerKey);
        Add(bytes, quote.Worker);
        Add(bytes, quote.Payout);
        bytes.Add(quote.Model);
        bytes.Add("TON\0"u8);
        Add(bytes, quote.Prices);
        bytes.Add64(quote.Credit.Value);
        bytes.Add32(quote.ChunkTokens);
        bytes.Add([quote.PrepayPrompt ? (byte)1 : (byte)0, (byte)quote.Periods.Length]);
        foreach (uint period in quote.Periods)
        {
            bytes.Add32(period);
        }

        bytes.Add64(quote.MinDeposit.Value);
        bytes.Add32(quote.ValidFrom);
        bytes.Add32(quote.ValidUntil);
        bytes.Add64(quote.Serial);
        return bytes.ToArray();
    }

    private static void Add(ByteWriter bytes, Address address)
    {
        bytes.Add32(unchecked((uint)address.Workchain));
        bytes.Add(address.Hash);
    }

    private static void Add(ByteWriter bytes, PriceList prices)
    {
        bytes.Add64(prices.Prompt);
        bytes.Add64(prices.Cached);
        bytes.Add64(prices.Completion);
        bytes.Add64(prices.Reasoning);
        bytes.Add64(prices.BytesIn);
        bytes.Add64(prices.BytesOut);
        bytes.Add64(prices.Operations);
        bytes.Add64(prices.MinCharge.Value);
        bytes.Add64(prices.RunFee.Value);
    }

    /// <summary>Appends fixed-width fields.</summary>
    private sealed class ByteWriter(int capacity)
    {
        private readonly List<byte> _bytes = new(capacity);

        public void Add(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

        public void Add(Bits256 bits) => _bytes.AddRange(bits.ToArray());

        public void Add32(uint value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            _bytes.AddRange(bytes);
        }

        public void Add64(ulong value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
            _bytes.AddRange(bytes);
        }

        public byte[] ToArray() => [.. _bytes];
    }
}

using CocoonP2P.Capacity;

namespace CocoonP2P.Tests.Capacity;

/// <summary>Offers of a worker named by one number, at the start of 2026.</summary>
internal static class OfferSamples
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly byte[] Network = [.. Enumerable.Repeat((byte)5, 32)];

    public static readonly byte[] Model = [.. Enumerable.Repeat((byte)6, 32)];

    public static CapacityOffer Of(int worker, ulong sequence = 1, ulong price = 100, int free = 2, ushort tee = 0x8001) => new()
    {
        NetworkId = Network,
        Worker = new byte[] { 0x00, 0x24, 0x08, 0x01, 0x12, 0x20 }.Concat(BitConverter.GetBytes(worker)).Concat(new byte[28]).ToArray(),
        Sequence = sequence,
        IssuedAt = Now,
        Expires = Now.AddSeconds(40),
        Addresses = ["/ip4/127.0.0.1/tcp/4601"],
        TeeKind = tee,
        Measurement = new byte[32],
        Region = "",
        Models = [new ModelOffer("cocoon-tiny", Model, 512, price, price, 4, free, 900)],
        Signature = new byte[64],
    };
}

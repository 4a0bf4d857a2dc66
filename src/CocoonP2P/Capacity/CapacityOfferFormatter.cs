using CocoonP2P.Protocol;
using MessagePack;
using MessagePack.Formatters;

namespace CocoonP2P.Capacity;

/// <summary>The array of docs/protocol/gossip.md §2.</summary>
internal sealed class CapacityOfferFormatter : IMessagePackFormatter<CapacityOffer>
{
    private const int Fields = 11;
    private const int ModelFields = 8;

    public void Serialize(ref MessagePackWriter writer, CapacityOffer value, MessagePackSerializerOptions options)
    {
        writer.WriteArrayHeader(Fields);
        writer.Write(value.NetworkId.Span);
        writer.Write(value.Worker.Span);
        writer.Write(value.Sequence);
        writer.Write(value.IssuedAt.ToUnixTimeMilliseconds());
        writer.Write(value.Expires.ToUnixTimeMilliseconds());
        writer.WriteArrayHeader(value.Addresses.Count);
        foreach (string address in value.Addresses)
        {
            writer.Write(address);
        }

        writer.Write(value.TeeKind);
        writer.Write(value.Measurement.Span);
        writer.Write(value.Region);
        writer.WriteArrayHeader(value.Models.Count);
        foreach (ModelOffer model in value.Models)
        {
            WriteModel(ref writer, model);
        }

        writer.Write(value.Signature.Span);
    }

    public CapacityOffer Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        options.Security.DepthStep(ref reader);
        int fields = WireReading.Fields(ref reader, Fields, "offer");
        CapacityOffer offer = new()
        {
            NetworkId = WireReading.Fixed(ref reader, 32, "offer: network"),
            Worker = WireReading.Fixed(ref reader, 38, "offer: worker"),
            Sequence = reader.ReadUInt64(),
            IssuedAt = WireReading.Time(ref reader),
            Expires = WireReading.Time(ref reader),
            Addresses = ReadAddresses(ref reader),
            TeeKind = reader.ReadUInt16(),
            Measurement = WireReading.Fixed(ref reader, 32, "offer: measurement"),
            Region = WireReading.Ascii(ref reader, 16, "offer: region"),
            Models = ReadModels(ref reader, options),
            Signature = WireReading.Fixed(ref reader, 64, "offer: signature"),
        };
        WireReading.SkipAppended(ref reader, fields, Fields);
        reader.Depth--;
        return offer;
    }

    private static void WriteModel(ref MessagePackWriter writer, ModelOffer model)
    {
        writer.WriteArrayHeader(ModelFields);
        writer.Write(model.Name);
        writer.Write(model.Id.Span);
        writer.Write(model.ContextTokens);
        writer.Write(model.PromptPrice);
        writer.Write(model.CompletionPrice);
        writer.Write(model.Slots);
        writer.Write(model.FreeSlots);
        writer.Write(model.TokensPerSecond);
    }

    private static string[] ReadAddresses(ref MessagePackReader reader)
    {
        string[] addresses = new string[WireReading.Count(ref reader, Limits.OfferAddresses, "offer: addresses")];
        for (int i = 0; i < addresses.Length; i++)
        {
            addresses[i] = WireReading.Ascii(ref reader, Limits.AddressBytes, "offer: address");
        }

        return addresses;
    }

    private static ModelOffer[] ReadModels(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        options.Security.DepthStep(ref reader);
        ModelOffer[] models = new ModelOffer[WireReading.Count(ref reader, Limits.OfferModels, "offer: models")];
        for (int i = 0; i < models.Length; i++)
        {
            int fields = WireReading.Fields(ref reader, ModelFields, "offer: model");
            ModelOffer model = new(
                WireReading.Ascii(ref reader, Limits.ModelNameBytes, "offer: model name"),
                WireReading.Fixed(ref reader, 32, "offer: model id"),
                reader.ReadInt32(), reader.ReadUInt64(), reader.ReadUInt64(),
                reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
            WireReading.SkipAppended(ref reader, fields, ModelFields);
            Wire.Require(
                model.Name.Length > 0 && model.ContextTokens > 0 && model.TokensPerSecond >= 0
                    && model.Slots is >= 0 and <= Limits.SlotsPerWorker && model.FreeSlots >= 0 && model.FreeSlots <= model.Slots,
                "offer: model figures");
            models[i] = model;
        }

        reader.Depth--;
        return models;
    }
}

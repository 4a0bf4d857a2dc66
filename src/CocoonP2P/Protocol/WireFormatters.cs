using CocoonP2P.Capacity;
using MessagePack;
using MessagePack.Formatters;

namespace CocoonP2P.Protocol;

/// <summary>Every wire type and its formatter, by hand: a type that is not here cannot be sent.</summary>
internal sealed class WireFormatters : IFormatterResolver
{
    public static readonly WireFormatters Instance = new();

    private static readonly Dictionary<Type, IMessagePackFormatter> All = new()
    {
        [typeof(CapacityOffer)] = new CapacityOfferFormatter(),
    };

    public IMessagePackFormatter<T>? GetFormatter<T>() => Cache<T>.Formatter;

    private static class Cache<T>
    {
        public static readonly IMessagePackFormatter<T>? Formatter = All.GetValueOrDefault(typeof(T)) as IMessagePackFormatter<T>;
    }
}

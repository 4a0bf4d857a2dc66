using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;

namespace CocoonP2P.Train.Onnx;

/// <summary>The weights beside a graph: ranges aligned to 4 KiB, equal tensors stored once.</summary>
/// <param name="location">The name of the file, as the graph says it.</param>
internal sealed class ExternalData(string location)
{
    /// <summary>Smaller tensors stay in the graph, bytes.</summary>
    public const int Smallest = 1024;

    private const int Alignment = 4096;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Dictionary<string, long> _offsets = [];

    /// <summary>Stores a tensor and writes where it lies.</summary>
    public void Describe(ProtoWriter tensor, ReadOnlySpan<byte> raw)
    {
        string hash = Convert.ToHexString(SHA256.HashData(raw));
        if (!_offsets.TryGetValue(hash, out long offset))
        {
            offset = (_bytes.WrittenCount + Alignment - 1) / Alignment * Alignment;
            _bytes.Write(new byte[offset - _bytes.WrittenCount]);
            _bytes.Write(raw);
            _offsets.Add(hash, offset);
        }

        tensor.Message(13, Entry("location", location));
        tensor.Message(13, Entry("offset", offset.ToString(CultureInfo.InvariantCulture)));
        tensor.Message(13, Entry("length", raw.Length.ToString(CultureInfo.InvariantCulture)));
        tensor.Integer(14, 1);
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private static ProtoWriter Entry(string key, string value) => new ProtoWriter().Text(1, key).Text(2, value);
}

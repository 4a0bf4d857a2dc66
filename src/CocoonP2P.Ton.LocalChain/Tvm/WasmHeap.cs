using System.Text;
using Wasmtime;

namespace CocoonP2P.Ton.LocalChain.Tvm;

/// <summary>The emulator's memory: addresses are 32 bits wide and unsigned, whatever the sign of the number that carries them.</summary>
internal sealed class WasmHeap
{
    private Memory? memory;
    private WasmExports? exports;

    public WasmExports Exports => exports ?? throw new TvmException("The TVM called its host before it was linked.");

    public long Length => Memory.GetLength();

    private Memory Memory => memory ?? throw new TvmException("The TVM called its host before it was linked.");

    public void Link(Memory of, WasmExports with)
    {
        memory = of;
        exports = with;
    }

    public byte ReadByte(int address) => Memory.ReadByte(At(address));

    public void WriteByte(int address, byte value) => Memory.WriteByte(At(address), value);

    public int ReadInt32(int address) => Memory.ReadInt32(At(address));

    public void WriteInt32(int address, int value) => Memory.WriteInt32(At(address), value);

    public void WriteInt64(int address, long value) => Memory.WriteInt64(At(address), value);

    public Span<byte> Span(int address, int length) => Memory.GetSpan(At(address), length);

    /// <summary>Grows to at least <paramref name="bytes"/>, by a fifth at least so that growth is rare.</summary>
    public bool TryGrow(int bytes)
    {
        long now = Memory.GetLength();
        long wanted = Math.Max(At(bytes), now + now / 5);
        long pages = (wanted - now + Memory.PageSize - 1) / Memory.PageSize;
        return wanted <= uint.MaxValue && Memory.Grow(pages) >= 0;
    }

    /// <summary>Copies a text in, with its closing zero; the caller frees it.</summary>
    public int Store(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        int address = Exports.Malloc(length + 1);
        Span<byte> target = Span(address, length + 1);
        Encoding.UTF8.GetBytes(text, target);
        target[length] = 0;
        return address;
    }

    /// <summary>The bytes from <paramref name="address"/> up to the next zero.</summary>
    public byte[] ReadText(int address)
    {
        long left = Memory.GetLength() - At(address);
        ReadOnlySpan<byte> rest = Memory.GetSpan(At(address), (int)Math.Min(left, int.MaxValue));
        int end = rest.IndexOf((byte)0);
        return rest[..(end < 0 ? 0 : end)].ToArray();
    }

    private static uint At(int address) => unchecked((uint)address);
}

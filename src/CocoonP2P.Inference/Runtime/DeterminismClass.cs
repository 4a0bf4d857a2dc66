using System.Buffers.Binary;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;

namespace CocoonP2P.Inference.Runtime;

/// <summary>
/// Names all that decides which bits come out: two workers of one class answer one job with the same tokens.
/// docs/protocol/inference.md, "Determinism".
/// </summary>
internal static class DeterminismClass
{
    /// <param name="libraryDigest">SHA-256 of the native library, 32 bytes.</param>
    /// <param name="device">"cpu", or device, driver and plugin.</param>
    /// <param name="contract">Graph contract.</param>
    /// <returns>SHA-256, 32 bytes.</returns>
    public static byte[] Compute(ReadOnlySpan<byte> libraryDigest, string device, string contract)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("CocoonP2P/determinism/v1\0"u8);
        hash.AppendData(libraryDigest);
        hash.AppendData(SessionSettings.Digest());
        hash.AppendData(Encoding.UTF8.GetBytes($"{contract}\0{device}\0{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture}\0"));
        hash.AppendData(Processor());
        return hash.GetHashAndReset();
    }

    // Family and model without stepping, the vector features that kernels choose by, and the size of the second cache,
    // by which they cut matrices.
    private static byte[] Processor()
    {
        if (!X86Base.IsSupported)
        {
            return [];
        }

        byte[] facts = new byte[24];
        Span<int> words = stackalloc int[6];
        words[0] = X86Base.CpuId(1, 0).Eax & 0x0FFF0FF0;
        words[1] = X86Base.CpuId(1, 0).Ecx & ((1 << 12) | (1 << 28));
        (_, words[2], words[3], words[4]) = X86Base.CpuId(7, 0);
        words[2] &= (1 << 5) | (1 << 16) | (1 << 17) | (1 << 30) | unchecked((int)(1u << 31));
        words[3] &= 1 << 11;
        words[4] &= (1 << 22) | (1 << 24) | (1 << 25);
        words[5] = X86Base.CpuId(unchecked((int)0x80000006), 0).Ecx >>> 16;
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(facts.AsSpan(4 * i), words[i]);
        }

        return facts;
    }
}

using System.Security.Cryptography;
using CocoonP2P.Models;
using CsCheck;

namespace CocoonP2P.Tests.Models;

public sealed class VerityTreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(VerityTree.Chunk)]
    [InlineData(VerityTree.Chunk + 1)]
    [InlineData((3 * VerityTree.Chunk) - 5)]
    [InlineData((128 * VerityTree.Chunk) + 1)]
    public void A_root_is_what_the_definition_gives(int length)
    {
        byte[] data = new byte[length];
        new Random(length).NextBytes(data);
        Assert.Equal(ByDefinition(data), VerityTree.Root(data));
    }

    [Fact]
    public void A_root_does_not_depend_on_the_pieces() =>
        Gen.Int[1, 40].Sample(
            blocks =>
            {
                byte[] data = new byte[(blocks * VerityTree.Block) - 7];
                new Random(blocks).NextBytes(data);
                VerityTree.Builder builder = new();
                for (int at = 0; at < data.Length; at += VerityTree.Block * 3)
                {
                    builder.Append(data.AsSpan(at, Math.Min(VerityTree.Block * 3, data.Length - at)));
                }

                Assert.Equal(VerityTree.Root(data), builder.Finish());
            },
            iter: 40);

    [Fact]
    public void One_changed_bit_changes_the_root()
    {
        byte[] data = new byte[VerityTree.Chunk * 2];
        byte[] before = VerityTree.Root(data);
        data[^1] ^= 1;
        Assert.NotEqual(before, VerityTree.Root(data));
    }

    // All of a level, then all of the next: nothing is streamed.
    private static byte[] ByDefinition(byte[] level)
    {
        while (true)
        {
            byte[][] digests = [.. level.Chunk(VerityTree.Block).Select(block =>
            {
                byte[] padded = new byte[VerityTree.Block];
                block.CopyTo(padded, 0);
                return SHA256.HashData(padded);
            })];
            if (digests.Length == 1)
            {
                return digests[0];
            }

            level = [.. digests.SelectMany(d => d)];
        }
    }
}

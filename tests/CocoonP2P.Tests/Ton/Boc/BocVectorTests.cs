using System.Text.Json;
using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Ton.Boc;

public sealed class BocVectorTests
{
    [Fact]
    public void Bags_of_the_oracle_read_back_and_are_written_byte_for_byte()
    {
        foreach (JsonElement vector in Vectors.Read("cells"))
        {
            Cell cell = BagOfCells.DecodeBase64(vector.Text("plain"));
            Assert.Equal(vector.Text("hash"), cell.Hash.ToString());
            Assert.Equal(vector.GetProperty("depth").GetInt32(), cell.Depth);
            Assert.Equal(vector.GetProperty("bits").GetInt32(), cell.BitLength);
            Assert.Equal(cell, BagOfCells.DecodeBase64(vector.Text("crc")));
            Assert.Equal(cell, BagOfCells.DecodeBase64(vector.Text("index")));
            Assert.Equal(vector.Text("plain"), BagOfCells.EncodeBase64(cell, withCrc: false));
            Assert.Equal(vector.Text("crc"), BagOfCells.EncodeBase64(cell));
            Assert.Equal(vector.Text("index"), Convert.ToBase64String(BagOfCells.Encode(cell, withIndex: true)));
        }
    }

    [Fact]
    public void Exotic_cells_have_the_oracles_hash_and_depth_at_every_level()
    {
        foreach (JsonElement vector in Vectors.Read("exotic"))
        {
            Cell cell = BagOfCells.DecodeBase64(vector.Text("boc"));
            Assert.Equal(vector.GetProperty("level").GetInt32(), cell.Level);
            for (int level = 0; level <= 3; level++)
            {
                Assert.Equal(vector.GetProperty("hashes")[level].GetString(), cell.HashAt(level).ToString());
                Assert.Equal(vector.GetProperty("depths")[level].GetInt32(), cell.DepthAt(level));
            }

            Assert.Equal(vector.Text("boc"), BagOfCells.EncodeBase64(cell));
        }
    }
}

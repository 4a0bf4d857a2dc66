using System.Text.RegularExpressions;
using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Ton.Boc;

public sealed partial class LargeBocTests
{
    private const string ConfigFile = "tests/contracts/node_modules/@ton/sandbox/dist/config/defaultConfig.js";

    [Fact]
    public void Shared_cells_are_written_once_however_many_paths_lead_to_them()
    {
        // 2^900 paths from the root to the leaf.
        Cell cell = Cell.Empty;
        for (int i = 0; i < 900; i++)
        {
            cell = new CellBuilder().StoreRef(cell).StoreRef(cell).EndCell();
        }

        byte[] bytes = BagOfCells.Encode(cell);
        Assert.True(bytes.Length < 8_000);
        Assert.Equal(cell, BagOfCells.Decode(bytes));
        Assert.Equal(900, cell.Depth);
    }

    [Fact]
    public void A_bag_at_the_limit_of_cells_reads_and_one_past_it_does_not()
    {
        Assert.Equal(BagOfCells.MaxCells, Cells(BagOfCells.MaxCells));
        Assert.Equal(0, Cells(BagOfCells.MaxCells + 1));
    }

    [Fact]
    public void The_main_networks_configuration_has_the_known_root()
    {
        string path = Repository.File(ConfigFile);
        Assert.SkipUnless(File.Exists(path), "npm ci has not run in tests/contracts: it brings the configuration of 115 kB");
        byte[] bytes = Convert.FromBase64String(Base64().Match(File.ReadAllText(path)).Value);
        Cell root = BagOfCells.Decode(bytes);
        Assert.Equal("293c508de227d9755682c6d16468724e04512e9a2263c4d9d6511de11f28e89d", root.Hash.ToString());
        Assert.Equal(root, BagOfCells.Decode(BagOfCells.Encode(root)));
    }

    [GeneratedRegex("te6c[A-Za-z0-9+/=]{1000,}")]
    private static partial Regex Base64();

    /// <summary>Writes a tree of so many different cells by hand, four children a cell, and counts what is read.</summary>
    private static int Cells(int count)
    {
        var bytes = new List<byte> { 0xB5, 0xEE, 0x9C, 0x72, 3, 3 };
        void Three(int value) => bytes.AddRange([(byte)(value >> 16), (byte)((value >> 8) & 0xFF), (byte)(value & 0xFF)]);
        var cells = new List<byte>();
        for (int i = 0; i < count; i++)
        {
            int first = (4 * i) + 1;
            int refs = Math.Clamp(count - first, 0, 4);
            cells.AddRange([(byte)refs, 6, (byte)(i >> 16), (byte)((i >> 8) & 0xFF), (byte)(i & 0xFF)]);
            for (int r = first; r < first + refs; r++)
            {
                cells.AddRange([(byte)(r >> 16), (byte)((r >> 8) & 0xFF), (byte)(r & 0xFF)]);
            }
        }

        foreach (int value in (int[])[count, 1, 0, cells.Count, 0])
        {
            Three(value);
        }

        bytes.AddRange(cells);
        return BagOfCells.TryDecode(bytes.ToArray(), out Cell? root) ? Count(root) : 0;
    }

    private static int Count(Cell root)
    {
        var open = new Stack<Cell>([root]);
        int count = 0;
        for (; open.TryPop(out Cell? cell); count++)
        {
            foreach (Cell child in cell.Refs)
            {
                open.Push(child);
            }
        }

        return count;
    }
}

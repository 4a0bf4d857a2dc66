using CocoonP2P.Storage;
using CocoonP2P.Tests.Inference.Support;

namespace CocoonP2P.Tests.Storage;

public sealed class FloorStoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_floor_survives_a_restart_and_never_sinks()
    {
        using TempFolder folder = new();
        await using (Journal journal = Journal.Open(folder["journal.db"]))
        {
            using FloorStore floors = Journal.OpenFloors(folder["journal.db"]);
            Assert.Equal(DateTimeOffset.MinValue, floors.Floor("clock"));
            floors.Raise("clock", Noon);
            floors.Raise("clock", Noon.AddDays(-1));
            floors.Raise("other", Noon.AddDays(-1));
        }

        using FloorStore again = Journal.OpenFloors(folder["journal.db"]);
        Assert.Equal((Noon, Noon.AddDays(-1)), (again.Floor("clock"), again.Floor("other")));
    }
}

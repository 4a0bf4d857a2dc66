using System.Text.Json;
using CocoonP2P.Ton;
using CocoonP2P.Ton.LocalChain.Tvm;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>The emulator answers here as it does in its own host: tests/vectors/tvm/channel.json, made by 'npm run record'.</summary>
public sealed class TvmReplayTests(ChainFixture fixture) : IClassFixture<ChainFixture>
{
    [Fact]
    public void Recorded_life_of_a_channel_gives_the_same_transactions_and_accounts()
    {
        _ = fixture.Fresh();
        Assert.True(TvmFiles.TryLoad(TvmFiles.DefaultFolder, out TvmFiles? files, out _));
        using TvmEngine engine = new(files, TvmFiles.DefaultFolder, 1);
        using JsonDocument vector = JsonDocument.Parse(File.ReadAllBytes(Repository.File("tests/vectors/tvm/channel.json")));
        string account = vector.RootElement.GetProperty("account").GetString()!;
        foreach (JsonElement step in vector.RootElement.GetProperty("steps").EnumerateArray())
        {
            uint now = step.GetProperty("now").GetUInt32();
            ulong lt = ulong.Parse(step.GetProperty("lt").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
            TvmAnswer answer = engine.Emulate(
                files.ConfigBase64, null, account, step.GetProperty("message").GetString()!, now, TvmRequest.Transaction(now, lt, default));
            account = answer.ShardAccount!;
            Assert.Equal(
                (step.GetProperty("transaction").GetString(), step.GetProperty("account").GetString()),
                (BagOfCells.DecodeBase64(answer.Transaction!).Hash.ToString(), BagOfCells.DecodeBase64(account).Hash.ToString()));
        }
    }
}

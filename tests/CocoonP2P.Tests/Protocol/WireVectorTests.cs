using System.Text.Json;
using CocoonP2P.Tests.Tidy;

namespace CocoonP2P.Tests.Protocol;

/// <summary>tests/vectors/cocoon/wire.json: what goes over the wire today must be readable tomorrow, by any implementation.</summary>
public sealed class WireVectorTests
{
    private static readonly JsonElement Vectors =
        JsonDocument.Parse(File.ReadAllBytes(Repository.File("tests/vectors/cocoon/wire.json"))).RootElement;

    [Fact]
    public void Each_sample_encodes_to_its_vector()
    {
        string[] now = [.. WireSamples.All.Select(s => $"\"{s.Key}\": \"{Convert.ToHexStringLower(s.Value)}\"")];
        string[] kept = [.. Vectors.GetProperty("good").EnumerateObject().Select(v => $"\"{v.Name}\": \"{v.Value.GetString()}\"")];
        Assert.True(now.SequenceEqual(kept), $"the encoding changed, or a sample is new:\n{string.Join(",\n", now)}");
    }

    [Fact]
    public void Each_good_vector_is_read_and_written_again_byte_for_byte() => Assert.All(
        Vectors.GetProperty("good").EnumerateObject(),
        v => Assert.Equal(v.Value.GetString(), Convert.ToHexStringLower(WireSamples.Read(v.Name, Convert.FromHexString(v.Value.GetString()!)).Again ?? [])));

    [Fact]
    public void Each_bad_vector_is_refused_with_its_code() => Assert.All(
        Vectors.GetProperty("bad").EnumerateArray(),
        v => Assert.Equal(
            v.GetProperty("fault").GetString(),
            WireSamples.Read(v.GetProperty("type").GetString()!, Convert.FromHexString(v.GetProperty("hex").GetString()!)).Fault));

    [Fact]
    public void Every_type_of_the_table_has_a_vector()
    {
        string[] kept = [.. Vectors.GetProperty("good").EnumerateObject().SelectMany(v => v.Name.Split('.'))];
        Assert.Empty(ReferenceTests.WireTypes().Except(kept));
    }
}

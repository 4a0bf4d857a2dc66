using System.Runtime.InteropServices;
using System.Text.Json;
using CocoonP2P.Tests.Node.Http.Support;

namespace CocoonP2P.Tests.Node.Http;

public sealed class EmbeddingTests
{
    private const string Path = "/v1/embeddings";

    [Fact]
    public async Task Each_input_has_its_vector_in_either_encoding()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        JsonElement numbers = await endpoint.PostAsync(Path, Body("\"input\":[\"cat\",\"dog\"],\"encoding_format\":\"float\""));
        JsonElement base64 = await endpoint.PostAsync(Path, Body("\"input\":[\"cat\",\"dog\"],\"encoding_format\":\"base64\""));
        for (int i = 0; i < 2; i++)
        {
            float[] expected = Script.Vector(i == 0 ? "cat" : "dog");
            Assert.Equal(expected, numbers.GetProperty("data")[i].GetProperty("embedding").EnumerateArray().Select(n => n.GetSingle()));
            Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(base64.GetProperty("data")[i].GetProperty("embedding").GetBytesFromBase64()).ToArray());
        }

        Assert.Equal(2, numbers.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
    }

    [Theory]
    [InlineData("\"input\":\"cat\"", 1)]
    [InlineData("\"input\":[1,2]", 1)]
    [InlineData("\"input\":[[1,2],[3]]", 2)]
    public async Task An_input_is_a_text_or_ids_or_a_list_of_these(string input, int vectors)
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        Assert.Equal(vectors, (await endpoint.PostAsync(Path, Body(input))).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Fewer_dimensions_keep_the_vectors_length()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        JsonElement answer = await endpoint.PostAsync(Path, Body("\"input\":\"some cat\",\"dimensions\":4"));
        float[] vector = [.. answer.GetProperty("data")[0].GetProperty("embedding").EnumerateArray().Select(n => n.GetSingle())];
        Assert.Equal(4, vector.Length);
        Assert.Equal(1, Math.Sqrt(vector.Sum(v => v * v)), 5);
    }

    [Theory]
    [InlineData("\"input\":[]", "input")]
    [InlineData("\"input\":\"\"", "input")]
    [InlineData("\"input\":{}", "input")]
    [InlineData("\"input\":[\"a\",\"\"]", "input[1]")]
    [InlineData("\"input\":\"a\",\"dimensions\":9", "dimensions")]
    [InlineData("\"input\":\"a\",\"dimensions\":0", "dimensions")]
    [InlineData("\"input\":\"a\",\"encoding_format\":\"hex\"", "encoding_format")]
    [InlineData("\"input\":\"a\",\"task\":\"x\"", "task")]
    public async Task A_bad_field_is_named(string fields, string name)
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        using HttpResponseMessage response = await endpoint.SendAsync(Path, Body(fields));
        JsonElement error = (await TestEndpoint.DocumentAsync(response)).GetProperty("error");
        Assert.Equal((400, name), ((int)response.StatusCode, error.GetProperty("param").GetString()));
    }

    private static string Body(string fields) => $"{{\"model\":\"{ScriptedNode.Embedder}\",{fields}}}";
}

using CocoonP2P.Models;
using CocoonP2P.Sessions;
using CocoonP2P.Tests.Inference.Support;
using CocoonP2P.Text;

namespace CocoonP2P.Tests.Models.Remote;

/// <summary>What comes from a worker is the model whose id was asked for, or a refusal.</summary>
public sealed class TextDownloadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_text_side_that_came_in_pieces_reads_as_the_models_own_after_a_restart()
    {
        using TempFolder folder = new();
        (ModelManifest manifest, IReadOnlyDictionary<string, byte[]> files) =
            (await TextDownload.RunAsync(new ScriptedSource(), ScriptedSource.Tiny.Id, Token))!.Value;
        new TextStore(folder["texts"]).Save(manifest, files);
        IModelText text = new TextStore(folder["texts"]).TryLoad(ScriptedSource.Tiny.Id)!;
        Assert.Equal("cocoon-tiny", text.Name);
        Assert.NotEmpty(text.EncodeChat(new ChatPrompt([new ChatTurn("user", "Tell me a story.")])));
    }

    [Fact]
    public async Task A_worker_without_the_model_is_left() =>
        Assert.Null(await TextDownload.RunAsync(new ScriptedSource(_ => null), ScriptedSource.Tiny.Id, Token));

    [Theory]
    [InlineData("manifest")]
    [InlineData("tokenizer")]
    [InlineData("template")]
    public Task One_changed_bit_in_any_file_is_refused(string file) => RefusedAsync(part =>
    {
        part.Bytes[^1] ^= IsOf(part, file) ? (byte)1 : (byte)0;
        return part;
    });

    [Fact]
    public Task A_manifest_of_another_model_is_refused() => RefusedAsync(
        part => part.File == TextFile.Manifest ? part with { Total = 2, Bytes = "{}"u8.ToArray() } : part);

    [Theory]
    [InlineData("manifest", 64 * 1024 + 1)]
    [InlineData("tokenizer", 64 * 1024 * 1024)]
    [InlineData("template", 7)]
    public Task A_file_of_another_size_than_its_manifest_says_is_refused_before_it_is_held(string file, int size) =>
        RefusedAsync(part => IsOf(part, file) ? part with { Total = (uint)size } : part);

    [Fact]
    public Task A_size_that_changes_on_the_way_is_refused() =>
        RefusedAsync(part => part.Offset > 0 ? part with { Total = part.Total - 1, Bytes = part.Bytes[..^1] } : part);

    private static bool IsOf(TextPart part, string file) => part.File.ToString().Equals(file, StringComparison.OrdinalIgnoreCase);

    private static async Task RefusedAsync(Func<TextPart, TextPart> change)
    {
        SessionException refused = await Assert.ThrowsAsync<SessionException>(
            () => TextDownload.RunAsync(new ScriptedSource(change), ScriptedSource.Tiny.Id, Token));
        Assert.Equal(SessionError.Malformed, refused.Fault.Error);
    }
}

using CocoonP2P.Ton.LocalChain;
using CocoonP2P.Ton.LocalChain.Tvm;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>The parts around the emulator that need no emulator.</summary>
public sealed class TvmPartsTests
{
    [Fact]
    public void Method_names_are_hashed_as_everywhere() => Assert.Equal(85143, MethodRunner.IdOf("seqno"));

    [Theory]
    [InlineData("")]
    [InlineData("var wasmImports={a:b};TTY.init();wasmExports[\"c\"]")]
    [InlineData("var wasmImports={a:b};TTY.init();wasmExports[\"c\"] ASM_CONSTS={1234:()=>somethingNew()};var x")]
    public void Glue_of_another_build_is_refused_at_once(string glue) => Assert.Throws<TvmException>(() => GlueNames.Parse(glue));

    [Fact]
    public void Name_that_the_glue_lacks_is_an_error()
    {
        GlueNames names = GlueNames.Parse("var wasmImports={a:_known};TTY.init();wasmExports[\"c\"] ASM_CONSTS={1234:()=>Module.getRandomValue()};var x");
        Assert.Equal(("_known", "c", AsmConst.Random), (names.Import("a"), names.Export("constructors"), names.Snippet(1234)));
        Assert.Throws<TvmException>(() => names.Import("b"));
        Assert.Throws<TvmException>(() => names.Export("_malloc"));
        Assert.Throws<TvmException>(() => names.Snippet(5));
    }

    [Fact]
    public void Log_keeps_its_end_within_its_limit()
    {
        BoundedLog log = new(8);
        log.Append("abcdefghijkl"u8);
        log.Append("XY"u8);
        Assert.Equal("ghijklXY", log.Drain());
        Assert.Equal("", log.Drain());
    }

    [Fact]
    public void Absent_files_are_named_with_their_cure()
    {
        Assert.False(LocalTon.IsAvailable(new LocalTonOptions { TvmFolder = "/nowhere" }, out string? reason));
        Assert.Contains("hint: install Node 20 and npm", reason, StringComparison.Ordinal);
    }
}

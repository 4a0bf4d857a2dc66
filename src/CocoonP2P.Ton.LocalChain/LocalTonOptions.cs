using CocoonP2P.Ton.LocalChain.Tvm;

namespace CocoonP2P.Ton.LocalChain;

/// <summary>How a local chain is set up.</summary>
public sealed record LocalTonOptions
{
    /// <summary>Where emulator.wasm, emulator.js and config.boc.txt lie.</summary>
    /// <value>The folder tvm beside the program, to which the build copies them.</value>
    public string TvmFolder { get; init; } = TvmFiles.DefaultFolder;

    /// <summary>Where the compiled emulator is kept. It is machine code: the folder must be writable by its user alone.</summary>
    /// <value>Null: it is compiled at each start, which takes seconds.</value>
    public string? CacheFolder { get; init; }

    /// <summary>Time between blocks.</summary>
    /// <value>250 ms: several blocks a second, as on the real chain since 2026.</value>
    public TimeSpan BlockTime { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Feeds every random number of the chain: one seed and one script give one history.</summary>
    /// <value>1.</value>
    public ulong Seed { get; init; } = 1;
}

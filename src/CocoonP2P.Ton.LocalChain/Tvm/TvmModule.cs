using Wasmtime;

namespace CocoonP2P.Ton.LocalChain.Tvm;

/// <summary>The emulator and its two helper modules, compiled. Shared by any number of machines and threads.</summary>
internal sealed class TvmModule : IDisposable
{
    private const string Options = "eh+ref+bulk+funcref+gc, speed, stack 2 MiB";

    // Deep contracts recurse in C++; at 4 MiB the engine itself gives up.
    private const int WasmStackBytes = 2 << 20;

    private TvmModule(Engine engine, GlueNames names, Module emulator)
    {
        Engine = engine;
        Names = names;
        Emulator = emulator;
        Functions = [.. emulator.Imports.OfType<FunctionImport>().Select(import => (names.Import(import.Name), import))];
        TableSize = checked((int)emulator.Exports.OfType<TableExport>().Single().Minimum);
        Shim = Module.FromText(engine, "shim", ShimText.Shim(Functions.Where(static f => ShimText.IsInvoke(f.Logical)), TableSize));
        Link = Module.FromText(engine, "link", ShimText.Link(TableSize));
    }

    public Engine Engine { get; }

    public GlueNames Names { get; }

    public Module Emulator { get; }

    public Module Shim { get; }

    public Module Link { get; }

    public int TableSize { get; }

    public IReadOnlyList<(string Logical, FunctionImport Import)> Functions { get; }

    public static TvmModule Load(TvmFiles files, string? cacheFolder)
    {
        Config config = new Config().WithExceptions(true).WithReferenceTypes(true).WithBulkMemory(true)
            .WithFunctionReferences(true).WithGc(true).WithMaximumStackSize(WasmStackBytes).WithOptimizationLevel(OptimizationLevel.Speed);
        Engine engine = new(config);
        return new TvmModule(engine, GlueNames.Parse(files.Glue), new CompiledCache(cacheFolder).Load(engine, files.Wasm, Options));
    }

    public void Dispose()
    {
        Link.Dispose();
        Shim.Dispose();
        Emulator.Dispose();
        Engine.Dispose();
    }
}

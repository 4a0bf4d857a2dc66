using Wasmtime;

namespace CocoonP2P.Ton.LocalChain.Tvm;

/// <summary>One instance of the emulator. Belongs to the thread that made it, which needs a deep stack: see TvmThread.</summary>
internal sealed class TvmMachine : IDisposable
{
    // 0: exit codes, no trace of instructions.
    private const int Verbosity = 0;

    private readonly Store store;
    private readonly WasmHeap heap = new();
    private readonly CxxExceptions exceptions;
    private readonly HostImports host;
    private string? config;
    private int emulator;
    private int configAddress;

    public TvmMachine(TvmModule module, int seed)
    {
        exceptions = new CxxExceptions(heap);
        host = new HostImports(heap, exceptions, module.Names, new Random(seed));
        store = new Store(module.Engine);
        using Linker linker = new(module.Engine);
        host.DefineShim(linker);
        Instance shim = linker.Instantiate(store, module.Shim);
        foreach ((string logical, FunctionImport import) in module.Functions)
        {
            if (ShimText.IsInvoke(logical) || ShimText.Throwing.Contains(logical))
            {
                linker.Define(import.ModuleName, import.Name, shim.GetFunction(logical) ?? throw new TvmException($"The shim lacks {logical}."));
            }
            else
            {
                host.Define(linker, import, logical);
            }
        }

        Instance main = linker.Instantiate(store, module.Emulator);
        Memory memory = main.GetMemory(module.Names.Export("memory")) ?? throw new TvmException("The TVM exports no memory.");
        heap.Link(memory, new WasmExports(main, module.Names));
        LinkTables(module, shim, main);
        WasmExports.Get(main, module.Names, "constructors").Invoke([]);
    }

    /// <summary>Size of the emulator's memory, in bytes.</summary>
    public long HeapBytes => heap.Length;

    /// <summary>Runs one message against one account.</summary>
    /// <param name="configBase64">The chain configuration; the emulator is kept while it stays the same object.</param>
    /// <param name="libraries">Public libraries, a bag of cells in base64; null for none.</param>
    /// <param name="account">ShardAccount as a bag of cells, base64.</param>
    /// <param name="message">Message as a bag of cells, base64.</param>
    /// <param name="now">Chain time, seconds since 1970.</param>
    /// <param name="parameters">JSON, see <see cref="TvmRequest"/>.</param>
    /// <returns>JSON, see <see cref="TvmAnswer"/>.</returns>
    public byte[] Emulate(string configBase64, string? libraries, string account, string message, uint now, string parameters)
    {
        host.Now = now;
        Configure(configBase64);
        return libraries is null
            ? Call([account, message, parameters], at => heap.Exports.Emulate(emulator, 0, at[0], at[1], at[2]))
            : Call([account, message, parameters, libraries], at => heap.Exports.Emulate(emulator, at[3], at[0], at[1], at[2]));
    }

    /// <summary>Runs a get-method. Parameters and result as in <see cref="Emulate"/>; <paramref name="stack"/> is a tuple's bag of cells.</summary>
    public byte[] RunGetMethod(string configBase64, string stack, uint now, string parameters)
    {
        host.Now = now;
        Configure(configBase64);
        return Call([parameters, stack], at => heap.Exports.RunGetMethod(at[0], at[1], configAddress));
    }

    public void Dispose() => store.Dispose();

    private void LinkTables(TvmModule module, Instance shim, Instance main)
    {
        using Linker linker = new(module.Engine);
        linker.Define("main", "table", main.GetTable(module.Names.Export("__indirect_function_table")) ?? throw new TvmException("The TVM exports no table."));
        linker.Define("shim", "table", shim.GetTable("table") ?? throw new TvmException("The shim has no table."));
        linker.Define("main", "get", WasmExports.Get(main, module.Names, "_emscripten_stack_get_current"));
        linker.Define("main", "restore", WasmExports.Get(main, module.Names, "__emscripten_stack_restore"));
        linker.Define("main", "threw", WasmExports.Get(main, module.Names, "_setThrew"));
        Instance link = linker.Instantiate(store, module.Link);
        (link.GetFunction("link") ?? throw new TvmException("The link module has no function.")).Invoke([]);
    }

    private void Configure(string configBase64)
    {
        if (ReferenceEquals(config, configBase64))
        {
            return;
        }

        if (config is not null)
        {
            heap.Exports.DestroyEmulator(emulator);
            heap.Exports.Free(configAddress);
        }

        configAddress = heap.Store(configBase64);
        emulator = heap.Exports.CreateEmulator(configAddress, Verbosity);
        config = configBase64;
        if (emulator == 0)
        {
            throw new TvmException($"The TVM refuses this chain configuration. {host.Log.Drain()}");
        }
    }

    private byte[] Call(ReadOnlySpan<string> texts, Func<int[], int> call)
    {
        int[] addresses = new int[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            addresses[i] = heap.Store(texts[i]);
        }

        exceptions.Reset();
        int answer = call(addresses);
        byte[] text = heap.ReadText(answer);
        heap.Exports.Free(answer);
        foreach (int address in addresses)
        {
            heap.Exports.Free(address);
        }

        return text;
    }
}

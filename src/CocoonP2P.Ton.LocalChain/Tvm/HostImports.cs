using Wasmtime;

namespace CocoonP2P.Ton.LocalChain.Tvm;

/// <summary>What the emulator asks of its host besides exceptions: time, randomness, memory, a place for its log.</summary>
/// <remarks>Time is chain time and randomness comes from a seed, so that one script gives one history.</remarks>
internal sealed class HostImports(WasmHeap heap, CxxExceptions exceptions, GlueNames names, Random random)
{
    private const int NotSupported = -52;
    private const int LogLimit = 64 * 1024;

    // File system and calendar: never reached by an emulation. Each is named, so that a new import is noticed.
    private static readonly HashSet<string> Unsupported =
    [
        "___syscall_fcntl64", "___syscall_fstat64", "___syscall_getdents64", "___syscall_ioctl", "___syscall_lstat64",
        "___syscall_newfstatat", "___syscall_openat", "___syscall_stat64", "__gmtime_js", "__localtime_js", "__munmap_js",
        "__tzset_js", "_fd_close", "_fd_read", "_fd_seek",
    ];

    /// <summary>Chain time, seconds since 1970: what every clock of the emulator shows.</summary>
    public uint Now { get; set; }

    public BoundedLog Log { get; } = new(LogLimit);

    /// <summary>Defines <paramref name="import"/> under its minified name.</summary>
    /// <exception cref="TvmException">Nothing here answers to <paramref name="logical"/>.</exception>
    public void Define(Linker linker, FunctionImport import, string logical)
    {
        Function.UntypedCallbackDelegate callback = OfException(logical) ?? OfSystem(logical)
            ?? (Unsupported.Contains(logical) ? Refuse : throw new TvmException($"The TVM imports '{logical}', which this host does not have."));
        linker.DefineFunction(import.ModuleName, import.Name, callback, import.Parameters, import.Results);
    }

    /// <summary>The three functions that the exception shim imports.</summary>
    public void DefineShim(Linker linker)
    {
        ValueKind[] none = [];
        linker.DefineFunction("host", "throw", (caller, a, r) => exceptions.Throw(a[0].AsInt32(), a[1].AsInt32(), a[2].AsInt32()),
            [ValueKind.Int32, ValueKind.Int32, ValueKind.Int32], none);
        linker.DefineFunction("host", "rethrow", (caller, a, r) => exceptions.Rethrow(), none, none);
        linker.DefineFunction("host", "resume", (caller, a, r) => exceptions.Resume(a[0].AsInt32()), [ValueKind.Int32], none);
    }

    private Function.UntypedCallbackDelegate? OfException(string logical) => logical switch
    {
        "___cxa_begin_catch" => (caller, a, r) => r[0] = exceptions.BeginCatch(a[0].AsInt32()),
        "___cxa_end_catch" => (caller, a, r) => exceptions.EndCatch(),
        "___cxa_find_matching_catch_2" or "___cxa_find_matching_catch_3" or "___cxa_find_matching_catch_4"
            or "___cxa_find_matching_catch_6" => (caller, a, r) => r[0] = exceptions.FindMatchingCatch(a),
        "___cxa_uncaught_exceptions" => (caller, a, r) => r[0] = exceptions.Uncaught,
        "_llvm_eh_typeid_for" => (caller, a, r) => r[0] = a[0].AsInt32(),
        _ => null,
    };

    private Function.UntypedCallbackDelegate? OfSystem(string logical) => logical switch
    {
        "_clock_time_get" => (caller, a, r) => { heap.WriteInt64(a[2].AsInt32(), Now * 1_000_000_000L); r[0] = 0; },
        "_emscripten_date_now" => (caller, a, r) => r[0] = Now * 1000.0,
        "_emscripten_asm_const_int" => (caller, a, r) => r[0] = Snippet(a[0].AsInt32()),
        "_emscripten_get_heap_max" => (caller, a, r) => r[0] = int.MinValue,
        "_emscripten_resize_heap" => (caller, a, r) => r[0] = heap.TryGrow(a[0].AsInt32()) ? 1 : 0,
        "_environ_get" => (caller, a, r) => r[0] = 0,
        "_environ_sizes_get" => (caller, a, r) => { heap.WriteInt32(a[0].AsInt32(), 0); heap.WriteInt32(a[1].AsInt32(), 0); r[0] = 0; },
        "_random_get" => (caller, a, r) => { random.NextBytes(heap.Span(a[0].AsInt32(), a[1].AsInt32())); r[0] = 0; },
        "_fd_write" => (caller, a, r) => r[0] = Write(a[1].AsInt32(), a[2].AsInt32(), a[3].AsInt32()),
        "__emscripten_log_formatted" => (caller, a, r) => Log.Append(heap.ReadText(a[1].AsInt32())),
        "__abort_js" => (caller, a, r) => throw new TvmException($"The TVM aborted. {Log.Drain()}"),
        _ => null,
    };

    private static void Refuse(Caller caller, ReadOnlySpan<ValueBox> arguments, Span<ValueBox> results)
    {
        if (results.Length > 0)
        {
            results[0] = NotSupported;
        }
    }

    private int Snippet(int address) => names.Snippet(address) switch
    {
        AsmConst.Random => random.Next(int.MinValue, int.MaxValue),
        AsmConst.PrepareRandom => 0,
        _ => throw new TvmException($"The TVM threw. {Log.Drain()}"),
    };

    private int Write(int vectors, int count, int written)
    {
        int total = 0;
        for (int i = 0; i < count; i++)
        {
            int address = heap.ReadInt32(vectors + i * 8);
            int length = heap.ReadInt32(vectors + i * 8 + 4);
            Log.Append(heap.Span(address, length));
            total += length;
        }

        heap.WriteInt32(written, total);
        return 0;
    }
}

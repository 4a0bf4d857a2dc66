using Wasmtime;

namespace CocoonP2P.Ton.LocalChain.Tvm;

/// <summary>The emulator's functions by their meaning; a name that is missing fails here and not at its first use.</summary>
internal sealed class WasmExports(Instance instance, GlueNames names)
{
    private readonly Function malloc = Get(instance, names, "_malloc");
    private readonly Function free = Get(instance, names, "_free");
    private readonly Function tempRet = Get(instance, names, "__emscripten_tempret_set");
    private readonly Function canCatch = Get(instance, names, "___cxa_can_catch");
    private readonly Function increment = Get(instance, names, "___cxa_increment_exception_refcount");
    private readonly Function decrement = Get(instance, names, "___cxa_decrement_exception_refcount");
    private readonly Function pointer = Get(instance, names, "___cxa_get_exception_ptr");
    private readonly Function setThrew = Get(instance, names, "_setThrew");
    private readonly Function create = Get(instance, names, "_create_emulator");
    private readonly Function destroy = Get(instance, names, "_destroy_emulator");
    private readonly Function emulate = Get(instance, names, "_emulate_with_emulator");
    private readonly Function getMethod = Get(instance, names, "_run_get_method");

    public int Malloc(int size) => Int(malloc.Invoke([size]));

    public void Free(int address) => free.Invoke([address]);

    public void SetTempRet(int value) => tempRet.Invoke([value]);

    public int CanCatch(int wanted, int thrown, int adjusted) => Int(canCatch.Invoke([wanted, thrown, adjusted]));

    public void IncrementRefCount(int exception) => increment.Invoke([exception]);

    public void DecrementRefCount(int exception) => decrement.Invoke([exception]);

    public int ExceptionPointer(int exception) => Int(pointer.Invoke([exception]));

    public void SetThrew(int threw, int value) => setThrew.Invoke([threw, value]);

    public int CreateEmulator(int config, int verbosity) => Int(create.Invoke([config, verbosity]));

    public void DestroyEmulator(int emulator) => destroy.Invoke([emulator]);

    public int Emulate(int emulator, int libraries, int account, int message, int parameters) =>
        Int(emulate.Invoke([emulator, libraries, account, message, parameters]));

    public int RunGetMethod(int parameters, int stack, int config) => Int(getMethod.Invoke([parameters, stack, config]));

    public static Function Get(Instance instance, GlueNames names, string logical) =>
        instance.GetFunction(names.Export(logical)) ?? throw new TvmException($"The TVM does not export {logical}.");

    private static int Int(object? result) => result is int value ? value : throw new TvmException("The TVM returned nothing.");
}

using CocoonP2P.Ton.LocalChain.Ledger;

namespace CocoonP2P.Ton.LocalChain.Tvm;

/// <summary>The virtual machine as the ledger uses it, on a thread of its own.</summary>
internal sealed class TvmEngine : ITransactionEngine, IDisposable
{
    private readonly TvmModule module;
    private readonly TvmThread thread;

    public TvmEngine(TvmFiles files, string? cacheFolder, int seed)
    {
        module = TvmModule.Load(files, cacheFolder);
        thread = new TvmThread(module, seed);
    }

    /// <summary>Size of the emulator's memory, in bytes.</summary>
    public long HeapBytes => thread.Call(static machine => machine.HeapBytes);

    public TvmAnswer Emulate(string config, string? libraries, string account, string message, uint now, string parameters) =>
        TvmAnswer.Parse(thread.Call(machine => machine.Emulate(config, libraries, account, message, now, parameters)));

    public TvmMethodAnswer RunGetMethod(string config, string stack, uint now, string parameters) =>
        TvmMethodAnswer.Parse(thread.Call(machine => machine.RunGetMethod(config, stack, now, parameters)));

    public void Dispose()
    {
        thread.Dispose();
        module.Dispose();
    }
}

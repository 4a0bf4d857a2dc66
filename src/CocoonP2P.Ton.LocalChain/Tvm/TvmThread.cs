using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace CocoonP2P.Ton.LocalChain.Tvm;

/// <summary>Owns a machine and the thread it lives on: a store belongs to one thread, and contracts recurse deeply.</summary>
/// <remarks>Callers block until their call has run. A call that throws leaves the thread alive.</remarks>
internal sealed class TvmThread : IDisposable
{
    private const int StackBytes = 64 << 20;

    private readonly BlockingCollection<Action<TvmMachine>> work = new(boundedCapacity: 64);
    private readonly Thread thread;
    private readonly ManualResetEventSlim started = new();
    private Exception? failure;

    public TvmThread(TvmModule module, int seed)
    {
        thread = new Thread(() => Run(module, seed), StackBytes) { IsBackground = true, Name = "TVM" };
        thread.Start();
        started.Wait();
        if (failure is not null)
        {
            Dispose();
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    public T Call<T>(Func<TvmMachine, T> call)
    {
        using ManualResetEventSlim done = new();
        T? result = default;
        Exception? thrown = null;
        work.Add(machine =>
        {
            try
            {
                result = call(machine);
            }
            catch (Exception e)
            {
                thrown = e;
            }
            finally
            {
                done.Set();
            }
        });
        done.Wait();
        if (thrown is not null)
        {
            ExceptionDispatchInfo.Throw(thrown);
        }

        return result!;
    }

    public void Dispose()
    {
        work.CompleteAdding();
        thread.Join();
        work.Dispose();
        started.Dispose();
    }

    private void Run(TvmModule module, int seed)
    {
        TvmMachine machine;
        try
        {
            machine = new TvmMachine(module, seed);
        }
        catch (Exception e)
        {
            failure = e;
            started.Set();
            return;
        }

        started.Set();
        using (machine)
        {
            foreach (Action<TvmMachine> call in work.GetConsumingEnumerable())
            {
                call(machine);
            }
        }
    }
}

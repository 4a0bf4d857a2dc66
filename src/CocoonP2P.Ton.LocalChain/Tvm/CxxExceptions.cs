using Wasmtime;

namespace CocoonP2P.Ton.LocalChain.Tvm;

/// <summary>The bookkeeping of C++ exceptions that a compiled program expects of its host.</summary>
/// <remarks>
/// A header of 24 bytes lies before each exception: type at 4, destructor at 8, caught and rethrown flags at 12 and 13, the
/// adjusted pointer at 16 (Emscripten's layout).
/// </remarks>
internal sealed class CxxExceptions(WasmHeap heap)
{
    private const int Header = 24;
    private const int TypeAt = 4, DestructorAt = 8, CaughtAt = 12, RethrownAt = 13, AdjustedAt = 16;

    private readonly Stack<int> caught = new();
    private int last;

    public int Uncaught { get; private set; }

    public void Throw(int exception, int type, int destructor)
    {
        heap.WriteInt32(exception - Header + AdjustedAt, 0);
        heap.WriteInt32(exception - Header + TypeAt, type);
        heap.WriteInt32(exception - Header + DestructorAt, destructor);
        last = exception;
        Uncaught++;
    }

    public void Rethrow()
    {
        int exception = caught.Pop();
        if (heap.ReadByte(exception - Header + RethrownAt) == 0)
        {
            caught.Push(exception);
            heap.WriteByte(exception - Header + RethrownAt, 1);
            heap.WriteByte(exception - Header + CaughtAt, 0);
            Uncaught++;
        }

        last = exception;
    }

    public void Resume(int exception)
    {
        if (last == 0)
        {
            last = exception;
        }
    }

    public int BeginCatch(int exception)
    {
        if (heap.ReadByte(exception - Header + CaughtAt) == 0)
        {
            heap.WriteByte(exception - Header + CaughtAt, 1);
            Uncaught--;
        }

        heap.WriteByte(exception - Header + RethrownAt, 0);
        caught.Push(exception);
        heap.Exports.IncrementRefCount(exception);
        return heap.Exports.ExceptionPointer(exception);
    }

    public void EndCatch()
    {
        heap.Exports.SetThrew(0, 0);
        heap.Exports.DecrementRefCount(caught.Pop());
        last = 0;
    }

    /// <summary>Which of the handlers takes the exception in flight; the type it takes goes to tempRet.</summary>
    public int FindMatchingCatch(ReadOnlySpan<ValueBox> handlers)
    {
        int type = last == 0 ? 0 : heap.ReadInt32(last - Header + TypeAt);
        if (last == 0 || type == 0)
        {
            heap.Exports.SetTempRet(0);
            return last;
        }

        heap.WriteInt32(last - Header + AdjustedAt, last);
        foreach (ValueBox handler in handlers)
        {
            int wanted = handler.AsInt32();
            if (wanted == 0 || wanted == type)
            {
                break;
            }

            if (heap.Exports.CanCatch(wanted, type, last - Header + AdjustedAt) != 0)
            {
                heap.Exports.SetTempRet(wanted);
                return last;
            }
        }

        heap.Exports.SetTempRet(type);
        return last;
    }

    /// <summary>Forgets what an aborted call left behind.</summary>
    public void Reset()
    {
        caught.Clear();
        last = 0;
        Uncaught = 0;
    }
}

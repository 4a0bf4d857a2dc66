using System.Runtime.InteropServices;

namespace CocoonP2P.Memory;

/// <summary>
/// Anonymous memory of this process alone, page-aligned and zero, for what must reach neither a core dump nor a file:
/// weights, keys and values, token ids. Committed on first touch; wiped when disposed.
/// </summary>
internal sealed unsafe class PrivateMemory : IDisposable
{
    public const int Page = 4096;

    private nint _address;

    /// <param name="length">Bytes, above 0; address space, not memory, until touched.</param>
    /// <exception cref="InsufficientMemoryException">The system gives no more address space.</exception>
    public PrivateMemory(long length)
    {
        Invariant.Holds(length > 0, "private memory has a length");
        Length = length;
        if (!OperatingSystem.IsLinux())
        {
            _address = (nint)NativeMemory.AlignedAlloc((nuint)length, Page);
            NativeMemory.Clear((void*)_address, (nuint)length);
            return;
        }

        _address = LibC.Map(0, (nuint)length, LibC.ProtReadWrite, LibC.MapPrivateAnonymousNoReserve, -1, 0);
        if (_address == -1)
        {
            throw new InsufficientMemoryException($"No {length} bytes of private memory.");
        }

        // Best effort: a kernel without these keeps working, and the unit file forbids core dumps as well.
        LibC.Advise(_address, (nuint)length, LibC.AdviseDontDump);
        LibC.Advise(_address, (nuint)length, LibC.AdviseNoHugePage);
    }

    public long Length { get; }

    public nint Address => _address;

    /// <summary>A view of at most 2 GiB; the range is checked.</summary>
    public Span<byte> Bytes(long offset, int length)
    {
        Invariant.Holds(_address != 0 && offset >= 0 && length >= 0 && offset <= Length - length, "a view lies in its memory");
        return new Span<byte>((byte*)_address + offset, length);
    }

    /// <summary>Zeroes a range. Whole pages within it go back to the system.</summary>
    public void Wipe(long offset, long length)
    {
        Invariant.Holds(_address != 0 && offset >= 0 && length >= 0 && offset <= Length - length, "a wipe lies in its memory");
        NativeMemory.Clear((byte*)_address + offset, (nuint)length);
        Release(offset, length);
    }

    /// <summary>Gives whole pages within a range back; they read as zero afterwards, so only zeroed ranges may come here.</summary>
    public void Release(long offset, long length)
    {
        long first = (offset + Page - 1) / Page * Page, end = (offset + length) / Page * Page;
        if (OperatingSystem.IsLinux() && end > first)
        {
            LibC.Advise(_address + (nint)first, (nuint)(end - first), LibC.AdviseDontNeed);
        }
    }

    public void Dispose()
    {
        if (_address == 0)
        {
            return;
        }

        if (OperatingSystem.IsLinux())
        {
            // Pages of an anonymous private mapping are zeroed by the kernel before anyone else can have them; untouched
            // ones must not be committed just to be cleared.
            LibC.Unmap(_address, (nuint)Length);
        }
        else
        {
            NativeMemory.Clear((void*)_address, (nuint)Length);
            NativeMemory.AlignedFree((void*)_address);
        }

        _address = 0;
    }
}

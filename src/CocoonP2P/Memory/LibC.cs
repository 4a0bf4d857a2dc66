using System.Runtime.InteropServices;

namespace CocoonP2P.Memory;

/// <summary>The few calls of the C library that .NET has no word for. Linux only; callers hold the other branch.</summary>
internal static unsafe partial class LibC
{
    public const int ProtReadWrite = 3;
    public const int MapPrivateAnonymousNoReserve = 0x02 | 0x20 | 0x4000;
    public const int AdviseDontNeed = 4;
    public const int AdviseDontDump = 16;
    public const int AdviseNoHugePage = 15;

    /// <summary>O_RDONLY, O_NOFOLLOW, O_CLOEXEC, and O_NONBLOCK so that a named pipe cannot make the open wait. As on x86-64.</summary>
    public const int OpenReadOnlyNoFollow = 0x20000 | 0x80000 | 0x800;

    /// <summary>O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW, O_CLOEXEC. As on x86-64.</summary>
    public const int OpenExclusiveNoFollow = 0x1 | 0x40 | 0x80 | 0x20000 | 0x80000;

    private const int AtEmptyPath = 0x1000;
    private const uint StatxBasic = 0x7ff;

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(nint address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    public static partial int Advise(nint address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GetEnvironment(string name);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    /// <summary>What the open file really is: asked of the descriptor, so no path can be swapped in between.</summary>
    public static bool TryStat(SafeHandle file, out FileStatus status)
    {
        Statx buffer;
        bool added = false;
        file.DangerousAddRef(ref added);
        try
        {
            int result = Statx_((int)file.DangerousGetHandle(), "", AtEmptyPath, StatxBasic, &buffer);
            status = new FileStatus(buffer.Mode, buffer.Links, buffer.Owner, (long)buffer.Size);
            return result == 0;
        }
        finally
        {
            file.DangerousRelease();
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Statx_(int folder, string path, int flags, uint mask, Statx* buffer);

    // The kernel's struct statx: the same layout on every architecture.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(16)] public uint Links;
        [FieldOffset(20)] public uint Owner;
        [FieldOffset(28)] public ushort Mode;
        [FieldOffset(40)] public ulong Size;
    }
}

/// <summary>Type and rights, hard links, owner and bytes of an open file.</summary>
internal readonly record struct FileStatus(ushort Mode, uint Links, uint Owner, long Size)
{
    public bool IsRegular => (Mode & 0xF000) == 0x8000;
}

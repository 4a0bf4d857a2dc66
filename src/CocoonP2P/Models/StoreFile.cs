using CocoonP2P.Inference;
using CocoonP2P.Memory;
using Microsoft.Win32.SafeHandles;

namespace CocoonP2P.Models;

/// <summary>A file of the store, opened so that no link, device or swapped path can stand in for it.</summary>
internal sealed class StoreFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private StoreFile(SafeFileHandle handle) => (_handle, Length) = (handle, RandomAccess.GetLength(handle));

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>Opens a file that the store wrote: regular, ours, with one name only, of the size expected.</summary>
    /// <exception cref="InferenceException">ModelInvalid.</exception>
    public static StoreFile Open(string path, long size)
    {
        StoreFile file = OpenForeign(path, size);
        if (OperatingSystem.IsLinux()
            && !(LibC.TryStat(file._handle, out FileStatus status) && status.Links == 1 && status.Owner == LibC.EffectiveUser()))
        {
            file.Dispose();
            throw Refused(path, "it is not a file that the store wrote");
        }

        return file;
    }

    /// <summary>Opens a regular file of anyone's: what a model is added from.</summary>
    /// <exception cref="InferenceException">ModelInvalid.</exception>
    public static StoreFile OpenForeign(string path, long? size = null)
    {
        SafeFileHandle handle = OpenHandle(path);
        if (OperatingSystem.IsLinux() && !(LibC.TryStat(handle, out FileStatus status) && status.IsRegular))
        {
            handle.Dispose();
            throw Refused(path, "it is not a regular file");
        }

        StoreFile file = new(handle);
        if (size is { } expected && expected != file.Length)
        {
            file.Dispose();
            throw Refused(path, $"it does not have {size} bytes");
        }

        return file;
    }

    /// <summary>Writes a new file whole or not at all: under another name, flushed to the disk, read-only, then renamed.</summary>
    public static void Write(string path, Action<SafeFileHandle> write)
    {
        string partial = path + ".partial";
        File.Delete(partial);
        try
        {
            using (SafeFileHandle handle = CreateHandle(partial))
            {
                write(handle);
                RandomAccess.FlushToDisk(handle);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <exception cref="InferenceException">ModelInvalid: the file ends early.</exception>
    public void ReadExactly(Span<byte> buffer, long offset)
    {
        while (!buffer.IsEmpty)
        {
            int read = RandomAccess.Read(_handle, buffer, offset);
            if (read == 0)
            {
                throw new InferenceException(InferenceErrorCode.ModelInvalid, "A file of the model ends early.");
            }

            buffer = buffer[read..];
            offset += read;
        }
    }

    public void Dispose() => _handle.Dispose();

    private static SafeFileHandle OpenHandle(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.OpenHandle(path);
        }

        int file = LibC.Open(path, LibC.OpenReadOnlyNoFollow, 0);
        return file >= 0 ? new SafeFileHandle(file, ownsHandle: true) : throw Refused(path, "it is missing, a link, or cannot be read");
    }

    private static SafeFileHandle CreateHandle(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        }

        const uint OwnerReads = 0x100;
        int file = LibC.Open(path, LibC.OpenExclusiveNoFollow, OwnerReads);
        return file >= 0 ? new SafeFileHandle(file, ownsHandle: true) : throw new IOException($"{path} cannot be created.");
    }

    private static InferenceException Refused(string path, string problem) =>
        new(InferenceErrorCode.ModelInvalid, $"{Path.GetFileName(path)} is refused: {problem}.");
}

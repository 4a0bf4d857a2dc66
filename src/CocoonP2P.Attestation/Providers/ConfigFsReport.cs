namespace CocoonP2P.Attestation;

/// <summary>A report folder in the kernel's file system.</summary>
internal sealed class ConfigFsReport : ITsmReport
{
    /// <summary>Linux: linux/tsm.h, TSM_REPORT_OUTBLOB_MAX.</summary>
    private const int MaxOutBlob = 32 * 1024;

    private readonly string folder;

    /// <summary>Makes the folder; the kernel puts its files in.</summary>
    public ConfigFsReport(string parent, string name) => folder = Directory.CreateDirectory(Path.Combine(parent, name)).FullName;

    public string ReadText(string name) => File.ReadAllText(Path.Combine(folder, name)).Trim();

    public void WriteInBlob(ReadOnlySpan<byte> data)
    {
        using FileStream file = Open("inblob", FileAccess.Write);
        file.Write(data);
    }

    public byte[] ReadOutBlob()
    {
        using FileStream file = Open("outblob", FileAccess.Read);
        byte[] buffer = new byte[MaxOutBlob];
        return buffer[..file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
    }

    /// <summary>The kernel removes a report's files with its folder, and lets nobody remove them singly.</summary>
    public void Dispose() => Directory.Delete(folder);

    /// <summary>Without a buffer of our own: each call is one call to the kernel.</summary>
    private FileStream Open(string name, FileAccess access) =>
        new(Path.Combine(folder, name), FileMode.Open, access, FileShare.ReadWrite, bufferSize: 0);
}

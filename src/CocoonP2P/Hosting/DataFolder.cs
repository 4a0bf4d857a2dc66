using System.Security.Cryptography;

namespace CocoonP2P.Hosting;

/// <summary>The node's folder: its secret, its journal, its models, its receipts; readable by its owner alone.</summary>
internal sealed class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private DataFolder(string path) => Path = path;

    public string Path { get; }

    public string Journal => System.IO.Path.Combine(Path, "journal.db");

    /// <summary>Manifests, tokenizers and templates that came from workers.</summary>
    public string Texts => System.IO.Path.Combine(Path, "texts");

    public string Models => System.IO.Path.Combine(Path, "models");

    public string DefaultSocket => System.IO.Path.Combine(
        Environment.GetEnvironmentVariable("RUNTIME_DIRECTORY") is { Length: > 0 } runtime ? runtime : Path, "api.sock");

    /// <summary>systemd's LoadCredential= where the unit gives one: a copy that no other process sees; else a file of this folder.</summary>
    private string KeyFile =>
        Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } given && File.Exists(System.IO.Path.Combine(given, "node.key"))
            ? System.IO.Path.Combine(given, "node.key")
            : System.IO.Path.Combine(Path, "node.key");

    private string Receipts => System.IO.Path.Combine(Path, "receipts");

    /// <summary>Where the options say, made where it is missing.</summary>
    public static DataFolder Open(string configured)
    {
        string path = configured.Length > 0 ? configured
            : Environment.GetEnvironmentVariable("STATE_DIRECTORY") is { Length: > 0 } state ? state
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "cocoon");
        path = System.IO.Path.GetFullPath(path);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }

        return new DataFolder(path);
    }

    /// <summary>Claims the folder for this process: two nodes with one journal would sign against each other.</summary>
    /// <exception cref="CocoonException">Configuration: another node has it.</exception>
    public IDisposable Claim()
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(Path, "node.lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException)
        {
            throw new CocoonException(ErrorCode.Configuration, $"{Path} is in use by another node", "stop that one, or set node.data_dir to a folder of its own");
        }
    }

    /// <summary>The node's keys, from the file or made now.</summary>
    public NodeKeys Keys()
    {
        if (!File.Exists(KeyFile))
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead;
            }

            using FileStream file = new(KeyFile, options);
            file.Write(RandomNumberGenerator.GetBytes(NodeKeys.SecretBytes));
            file.Flush(flushToDisk: true);
        }

        byte[] secret = File.ReadAllBytes(KeyFile);
        return secret.Length == NodeKeys.SecretBytes
            ? new NodeKeys(secret)
            : throw new CocoonException(ErrorCode.Configuration, $"{KeyFile} has {secret.Length} bytes, not {NodeKeys.SecretBytes}", "restore it from the backup");
    }

    public async Task SaveReceiptAsync(string job, byte[] json, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Receipts);
        string target = System.IO.Path.Combine(Receipts, job + ".json");
        await File.WriteAllBytesAsync(target + ".new", json, cancellationToken);
        File.Move(target + ".new", target, overwrite: true);
    }

    public async Task<byte[]?> LoadReceiptAsync(string job, CancellationToken cancellationToken)
    {
        // The name comes from outside: nothing but the hex of a hash is one.
        if (job.Length != 64 || !job.All(char.IsAsciiHexDigitLower))
        {
            return null;
        }

        string file = System.IO.Path.Combine(Receipts, job + ".json");
        return File.Exists(file) ? await File.ReadAllBytesAsync(file, cancellationToken) : null;
    }
}

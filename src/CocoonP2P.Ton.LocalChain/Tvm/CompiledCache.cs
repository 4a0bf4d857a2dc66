using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using Wasmtime;
using Module = Wasmtime.Module;

namespace CocoonP2P.Ton.LocalChain.Tvm;

/// <summary>Keeps the compiled emulator between starts: compiling takes seconds, loading a tenth of one.</summary>
/// <remarks>
/// A compiled module is machine code, so <paramref name="folder"/> MUST be writable by the user alone. Null: no cache. The
/// key covers all that decides what the code looks like; a file that does not load is replaced.
/// </remarks>
internal sealed class CompiledCache(string? folder)
{
    public Module Load(Engine engine, byte[] wasm, string options)
    {
        if (folder is null)
        {
            return Module.FromBytes(engine, "emulator", wasm);
        }

        string path = Path.Combine(folder, Key(wasm, options) + ".cwasm");
        if (File.Exists(path))
        {
            try
            {
                return Module.DeserializeFile(engine, "emulator", path);
            }
            catch (WasmtimeException)
            {
                // Made by another build of the engine under the same name: compiled again below.
            }
        }

        Module module = Module.FromBytes(engine, "emulator", wasm);
        Save(path, module.Serialize());
        return module;
    }

    // Written aside and renamed, so that a second process reads a whole file or none.
    private void Save(string path, byte[] compiled)
    {
        string aside = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}");
        try
        {
            Directory.CreateDirectory(folder!);
            File.WriteAllBytes(aside, compiled);
            File.Move(aside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache that cannot be written costs the next start its compile time, nothing more.
            File.Delete(aside);
        }
    }

    private static string Key(byte[] wasm, string options)
    {
        string version = typeof(Engine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? typeof(Engine).Assembly.GetName().Version?.ToString() ?? "";
        string machine = $"{RuntimeInformation.OSDescription}/{RuntimeInformation.ProcessArchitecture}/{Cpu()}/{version}/{options}";
        byte[] hash = SHA256.HashData([.. SHA256.HashData(wasm), .. System.Text.Encoding.UTF8.GetBytes(machine)]);
        return "tvm-" + Convert.ToHexStringLower(hash.AsSpan(0, 12));
    }

    // Leaves 1 and 7 list the instructions that the compiler may use; leaf 1's EBX names the core and is left out.
    private static string Cpu()
    {
        if (!X86Base.IsSupported)
        {
            return "";
        }

        (int _, int _, int c, int d) = X86Base.CpuId(1, 0);
        (int _, int b7, int c7, int d7) = X86Base.CpuId(7, 0);
        return string.Create(CultureInfo.InvariantCulture, $"{c:x}-{d:x}-{b7:x}-{c7:x}-{d7:x}");
    }
}

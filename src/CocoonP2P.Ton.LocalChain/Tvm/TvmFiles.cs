using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton.LocalChain.Tvm;

/// <summary>What eng/tvm.mjs fetched: the emulator, the glue that names its imports, the slim chain configuration.</summary>
internal sealed record TvmFiles(byte[] Wasm, string Glue, string ConfigBase64)
{
    /// <summary>The folder that the build copies the files to, beside the program.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "tvm");

    public static bool TryLoad(string folder, [NotNullWhen(true)] out TvmFiles? files, [NotNullWhen(false)] out string? reason)
    {
        string wasm = Path.Combine(folder, "emulator.wasm");
        string glue = Path.Combine(folder, "emulator.js");
        string config = Path.Combine(folder, "config.boc.txt");
        files = null;
        reason = Array.Find([wasm, glue, config], static path => !File.Exists(path)) is { } missing
            ? $"the TVM is absent: no {missing}. hint: install Node 20 and npm, then build again"
            : null;
        if (reason is not null)
        {
            return false;
        }

        files = new TvmFiles(File.ReadAllBytes(wasm), File.ReadAllText(glue), File.ReadAllText(config).Trim());
        return true;
    }
}

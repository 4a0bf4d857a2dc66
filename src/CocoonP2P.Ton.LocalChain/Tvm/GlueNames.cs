using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CocoonP2P.Ton.LocalChain.Tvm;

/// <summary>What a snippet of JavaScript that the emulator calls by its address would do.</summary>
internal enum AsmConst
{
    Random,
    PrepareRandom,
    Throw,
}

/// <summary>The logical names of the emulator's imports and exports: the wasm itself has only minified ones.</summary>
internal sealed partial class GlueNames
{
    private readonly FrozenDictionary<string, string> imports;
    private readonly FrozenDictionary<string, string> exports;
    private readonly FrozenDictionary<int, AsmConst> asmConsts;

    private GlueNames(Dictionary<string, string> imports, Dictionary<string, string> exports, Dictionary<int, AsmConst> asmConsts)
    {
        this.imports = imports.ToFrozenDictionary();
        this.exports = exports.ToFrozenDictionary();
        this.asmConsts = asmConsts.ToFrozenDictionary();
    }

    /// <summary>Reads the glue.</summary>
    /// <exception cref="TvmException">It is not the glue this host was written for.</exception>
    public static GlueNames Parse(string glue)
    {
        Match table = ImportTable().Match(glue);
        Match constructors = Constructors().Match(glue);
        Match snippets = AsmTable().Match(glue);
        if (!table.Success || !constructors.Success || !snippets.Success)
        {
            throw new TvmException("The glue of the TVM has no table of imports, no constructors or no snippets.");
        }

        Dictionary<string, string> imports = table.Groups[1].Value.Split(',')
            .Select(static pair => pair.Split(':')).ToDictionary(static pair => pair[0], static pair => pair[1]);
        Dictionary<string, string> exports = new() { ["constructors"] = constructors.Groups[1].Value };
        foreach (Match export in Export().Matches(glue))
        {
            exports[export.Groups[1].Value] = export.Groups[2].Value;
        }

        Dictionary<int, AsmConst> consts = [];
        foreach (Match snippet in Snippet().Matches(snippets.Value))
        {
            consts[int.Parse(snippet.Groups[1].ValueSpan, CultureInfo.InvariantCulture)] = Kind(snippet.Groups[2].Value);
        }

        return new GlueNames(imports, exports, consts);
    }

    /// <summary>The logical name of a minified import.</summary>
    public string Import(string minified) => Find(imports, minified, "import");

    /// <summary>The minified name of a logical export.</summary>
    public string Export(string logical) => Find(exports, logical, "export");

    public AsmConst Snippet(int address) =>
        asmConsts.TryGetValue(address, out AsmConst kind) ? kind : throw new TvmException($"The TVM called unknown snippet {address}.");

    private static string Find(FrozenDictionary<string, string> names, string name, string what) =>
        names.TryGetValue(name, out string? found) ? found : throw new TvmException($"The glue of the TVM does not name {what} '{name}'.");

    private static AsmConst Kind(string body) =>
        body.StartsWith("Module.getRandomValue()", StringComparison.Ordinal) ? AsmConst.Random
        : body.StartsWith("{if(Module.getRandomValue===undefined)", StringComparison.Ordinal) ? AsmConst.PrepareRandom
        : body.StartsWith("{throw ", StringComparison.Ordinal) ? AsmConst.Throw
        : throw new TvmException($"The glue of the TVM has an unknown snippet '{body}'.");

    [GeneratedRegex(@"var wasmImports=\{([\w$]+:[\w$]+(?:,[\w$]+:[\w$]+)*)\}")]
    private static partial Regex ImportTable();

    [GeneratedRegex(@"TTY\.init\(\);wasmExports\[""([^""]+)""\]")]
    private static partial Regex Constructors();

    [GeneratedRegex(@"([A-Za-z_$][\w$]*)""?\]?=(?:wasmMemory=|wasmTable=)?wasmExports\[""([^""]+)""\]")]
    private static partial Regex Export();

    [GeneratedRegex(@"ASM_CONSTS=\{.*", RegexOptions.Singleline)]
    private static partial Regex AsmTable();

    [GeneratedRegex(@"[{,](\d{4,}):(?:\(\)|\$0)=>(?=(.{0,40}))")]
    private static partial Regex Snippet();
}

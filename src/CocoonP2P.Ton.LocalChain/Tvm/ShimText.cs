using System.Globalization;
using System.Text;
using Wasmtime;

namespace CocoonP2P.Ton.LocalChain.Tvm;

/// <summary>Writes the two helper modules, in WAT, through which C++ exceptions pass.</summary>
/// <remarks>
/// The emulator calls what may throw through its imports <c>invoke_SIG</c>, thousands of times a transaction: too many for
/// the host. Each becomes a wasm function that calls the table entry inside <c>try_table</c>; a C++ throw is a wasm throw.
/// The link module breaks the circle of imports: it copies the emulator's table into the shim's, and puts three exports of
/// the emulator into spare slots behind it.
/// </remarks>
internal static class ShimText
{
    private const int SpareSlots = 3;

    public static readonly string[] Throwing = ["___cxa_throw", "___cxa_rethrow", "___resumeException"];

    public static bool IsInvoke(string logical) => logical.StartsWith("invoke_", StringComparison.Ordinal);

    public static string Shim(IEnumerable<(string Logical, FunctionImport Import)> invokes, int tableSize)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"""
            (module
            (type $get (func (result i32))) (type $restore (func (param i32))) (type $threw (func (param i32 i32)))
            (import "host" "throw" (func $throw (param i32 i32 i32)))
            (import "host" "rethrow" (func $rethrow))
            (import "host" "resume" (func $resume (param i32)))
            (tag $e)
            (table $t (export "table") {tableSize + SpareSlots} funcref)

            """);
        foreach ((string logical, FunctionImport import) in invokes)
        {
            Invoke(text, logical, import, tableSize);
        }

        text.Append("""
            (func (export "___cxa_throw") (param i32 i32 i32)
              (call $throw (local.get 0) (local.get 1) (local.get 2)) (throw $e))
            (func (export "___cxa_rethrow") (call $rethrow) (throw $e))
            (func (export "___resumeException") (param i32) (call $resume (local.get 0)) (throw $e)))
            """);
        return text.ToString();
    }

    public static string Link(int tableSize) => string.Create(CultureInfo.InvariantCulture, $"""
        (module
        (import "main" "table" (table $a {tableSize} funcref))
        (import "shim" "table" (table $b {tableSize + SpareSlots} funcref))
        (import "main" "get" (func $get (result i32)))
        (import "main" "restore" (func $restore (param i32)))
        (import "main" "threw" (func $threw (param i32 i32)))
        (elem declare func $get $restore $threw)
        (func (export "link")
          (table.copy $b $a (i32.const 0) (i32.const 0) (i32.const {tableSize}))
          (table.set $b (i32.const {tableSize}) (ref.func $get))
          (table.set $b (i32.const {tableSize + 1}) (ref.func $restore))
          (table.set $b (i32.const {tableSize + 2}) (ref.func $threw))))
        """);

    // Saves the stack pointer, calls; on a catch restores it, calls setThrew(1, 0) and returns 0.
    private static void Invoke(StringBuilder text, string logical, FunctionImport import, int tableSize)
    {
        string all = string.Join(' ', import.Parameters.Select(Name));
        string passed = string.Join(' ', import.Parameters.Skip(1).Select(Name));
        string result = import.Results.Count > 0 ? $"(result {Name(import.Results[0])})" : "";
        string arguments = string.Concat(Enumerable.Range(1, import.Parameters.Count - 1)
            .Select(static i => string.Create(CultureInfo.InvariantCulture, $"(local.get {i}) ")));
        string zero = import.Results.Count > 0 ? $"({Name(import.Results[0])}.const 0)" : "";
        text.Append(CultureInfo.InvariantCulture, $"""
            (func (export "{logical}") (param {all}) {result} (local $sp i32)
              (local.set $sp (call_indirect $t (type $get) (i32.const {tableSize})))
              (block $caught (try_table (catch $e $caught)
                {arguments}(local.get 0) (call_indirect $t (param {passed}) {result}) (return)))
              (call_indirect $t (type $restore) (local.get $sp) (i32.const {tableSize + 1}))
              (call_indirect $t (type $threw) (i32.const 1) (i32.const 0) (i32.const {tableSize + 2})) {zero})

            """);
    }

    private static string Name(ValueKind kind) => kind switch
    {
        ValueKind.Int32 => "i32",
        ValueKind.Int64 => "i64",
        ValueKind.Float32 => "f32",
        ValueKind.Float64 => "f64",
        _ => throw new TvmException($"The TVM passes a {kind} to what may throw."),
    };
}

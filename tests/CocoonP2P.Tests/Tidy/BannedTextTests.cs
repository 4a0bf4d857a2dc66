using System.Text.RegularExpressions;

namespace CocoonP2P.Tests.Tidy;

/// <summary>What the compiler and its analyzers let pass and the house does not.</summary>
public sealed partial class BannedTextTests
{
    [Fact]
    public void No_task_is_started_and_dropped() => SourceTree.None(SourceTree.Code.SelectMany(f => f.Where(Dropped())));

    [Fact]
    public void No_method_is_async_void() => SourceTree.None(SourceTree.Code.SelectMany(f => f.Where(AsyncVoid())));

    [Fact]
    public void Nobody_reads_a_clock_but_through_TimeProvider() => SourceTree.None(SourceTree.Code.SelectMany(f => f.Where(Clock())));

    [Fact]
    public void Nothing_is_left_to_do_in_a_comment() =>
        SourceTree.None(SourceTree.Code.Concat(SourceTree.Below("docs/", ".md")).SelectMany(f => f.Where(Unfinished())));

    [Fact]
    public void The_engine_stays_on_its_callers_scheduler() =>
        SourceTree.None(SourceTree.Below("src/CocoonP2P/", ".cs").SelectMany(f => f.Where(OffThePump())));

    [Fact]
    public void Only_the_inference_runtime_names_the_ONNX_runtime() => SourceTree.None(SourceTree.Below("src/", ".cs")
        .Where(f => !f.Path.StartsWith("src/CocoonP2P.Inference/Runtime/", StringComparison.Ordinal)).SelectMany(f => f.Where(Onnx())));

    [Fact]
    public void Protocol_and_machines_know_no_task_clock_disk_or_network() => SourceTree.None(SourceTree.Below("src/", ".cs")
        .Where(f => f.Path.StartsWith("src/CocoonP2P/Protocol/", StringComparison.Ordinal) || f.Path.EndsWith("Machine.cs", StringComparison.Ordinal))
        .SelectMany(f => f.Where(Impure())));

    [Fact]
    public void No_file_names_a_folder_of_one_machine() =>
        SourceTree.None(SourceTree.Below("", "").SelectMany(f => f.Where(MachinePath())));

    [Fact]
    public void A_silenced_warning_says_why() => SourceTree.None(
        SourceTree.Below("", ".cs", ".csproj", ".props").SelectMany(f => f.Lines
            .Select((line, i) => (line, i))
            .Where(l => Silence().IsMatch(l.line) && !Says(l.line) && (l.i == 0 || !Says(f.Lines[l.i - 1])))
            .Select(l => f.At(l.i, l.line.Trim()))));

    private static bool Says(string line) => Reason().IsMatch(line);

    [GeneratedRegex(@"\b_ = (?!await\b)[^;]*Async\(")]
    private static partial Regex Dropped();

    [GeneratedRegex(@"\basync\s+void\b")]
    private static partial Regex AsyncVoid();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bStopwatch\.|\bEnvironment\.TickCount")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b(TOD[O]|FIXM[E]|HAC[K])\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\bTask\.Run\b|\bTask\.Factory\b|\bConfigureAwait\b")]
    private static partial Regex OffThePump();

    [GeneratedRegex(@"\bMicrosoft\.ML\.OnnxRuntime\b")]
    private static partial Regex Onnx();

    [GeneratedRegex(@"^(?!\s*//).*\b(System\.Net|System\.IO|Task|ValueTask|TimeProvider|File|Socket|HttpClient)\b")]
    private static partial Regex Impure();

    [GeneratedRegex(@"/wor[k]/")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"^\s*#pragma warning disable|\[(\w+: )?SuppressMessage\(|<NoWar[n]>")]
    private static partial Regex Silence();

    [GeneratedRegex("//|<!--|Justification = ")]
    private static partial Regex Reason();
}

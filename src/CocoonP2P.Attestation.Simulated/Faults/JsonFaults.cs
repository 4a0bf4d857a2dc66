namespace CocoonP2P.Attestation.Simulated;

/// <summary>Row E23, and F02's last: documents that two readers could understand differently, correctly signed.</summary>
internal static class JsonFaults
{
    public static IEnumerable<SimulatedFault> All =>
    [
        Before("repeated-name", text => "{\"id\":\"TDX\"," + text[1..]),
        Before("depth", text => text[..^1] + ",\"deep\":" + new string('[', 100_000) + new string(']', 100_000) + "}"),
        Before("depth-17", text => text[..^1] + ",\"deep\":" + new string('[', 17) + new string(']', 17) + "}"),
        Before("fraction", text => text.Replace("\"version\":3", "\"version\":3.0e0", StringComparison.Ordinal)),
        Before("negative", text => text.Replace("\"tcbType\":0", "\"tcbType\":-0", StringComparison.Ordinal)),
        Before("short-time", text => text.Replace("T00:00:00Z\",\"next", "T00:00Z\",\"next", StringComparison.Ordinal)),
        Before("comment", text => text[..^1] + "/**/}"),
        Before("trailing-comma", text => text[..^1] + ",}"),
        Before("lone-surrogate", text => text[..^1] + ",\"\\ud800\":1,\"\\ud801\":1}"),
        After("trailing", text => text + "{}"),
        After("byte-order-mark", text => '\uFEFF' + text),
        After("third-member", text => text[..^1] + ",\"more\":1}"),
        After("short-signature", text => text[..^4] + "\"}"),
        After("signature-no-hex", text => text[..^4] + "zz\"}"),
        After("empty", _ => " "),
        After("array", _ => "[]"),
        new("tcb-info-too-long", ReasonCode.CollateralMissing, evidence =>
            evidence.TcbInfo.AfterSigning = text => text + new string(' ', SignedJson.MaxBytes)),
        new("fmspc-short", ReasonCode.TcbInfoProfile, evidence => evidence.TcbInfo.Replace(SimulatedDocuments.Fmspc, "51c0c00000")),
        new("svn-256", ReasonCode.TcbInfoProfile, evidence => evidence.TcbInfo.Replace("{\"svn\":5}", "{\"svn\":256}")),
    ];

    private static SimulatedFault Before(string name, Func<string, string> edit) => new(
        "json-" + name, ReasonCode.TcbInfoMalformed, evidence => evidence.TcbInfo.Text = edit(evidence.TcbInfo.Text));

    private static SimulatedFault After(string name, Func<string, string> edit) => new(
        "json-" + name, ReasonCode.TcbInfoMalformed, evidence => evidence.TcbInfo.AfterSigning = edit);
}

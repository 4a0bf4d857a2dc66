using System.Security.Cryptography;

namespace CocoonP2P.Attestation.Simulated;

/// <summary>TCB Info and QE Identity of a simulated world: three levels of each kind, the highest of them in order.</summary>
internal static class SimulatedDocuments
{
    public const string Fmspc = "51c0c0000000";

    /// <summary>The only evaluation number there is.</summary>
    public const int EvaluationNumber = 1;

    public static byte[] QeSigner { get; } = SHA256.HashData("CocoonP2P SIMULATED QE"u8);

    private static string Module { get; } = string.Join(
        ',', Text("mrsigner", new string('0', 96)), Text("attributes", new string('0', 16)), Text("attributesMask", new string('F', 16)));

    public static string TcbInfo(DateTimeOffset issued, DateTimeOffset nextUpdate)
    {
        string moduleLevels = string.Join(',', Isv(5, "UpToDate"), Isv(3, "OutOfDate"), Isv(1, "Revoked"));
        string levels = string.Join(',', Level(5, "UpToDate", ""), Level(4, "OutOfDate", "\"SIM-SA-00001\""), Level(1, "Revoked", ""));
        return Object(
            Text("id", "TDX"),
            "\"version\":3",
            Dates(issued, nextUpdate),
            Text("fmspc", Fmspc),
            Text("pceId", "0000"),
            "\"tcbType\":0",
            $"\"tcbEvaluationDataNumber\":{EvaluationNumber}",
            $"\"tdxModule\":{Object(Module)}",
            $"\"tdxModuleIdentities\":[{Object(Text("id", "TDX_01"), Module, $"\"tcbLevels\":[{moduleLevels}]")}]",
            $"\"tcbLevels\":[{levels}]");
    }

    public static string QeIdentity(DateTimeOffset issued, DateTimeOffset nextUpdate)
    {
        string levels = string.Join(',', Isv(4, "UpToDate"), Isv(3, "OutOfDate"), Isv(1, "Revoked"));
        return Object(
            Text("id", "TD_QE"),
            "\"version\":2",
            Dates(issued, nextUpdate),
            $"\"tcbEvaluationDataNumber\":{EvaluationNumber}",
            Text("miscselect", "00000000"),
            Text("miscselectMask", "FFFFFFFF"),
            Text("attributes", "11000000000000000000000000000000"),
            Text("attributesMask", "FBFFFFFFFFFFFFFF0000000000000000"),
            Text("mrsigner", Convert.ToHexString(QeSigner)),
            "\"isvprodid\":2",
            $"\"tcbLevels\":[{levels}]");
    }

    /// <summary>A platform level: all components, SGX and TDX, at this version.</summary>
    public static string Level(int svn, string status, string advisories)
    {
        string sgx = string.Join(',', Enumerable.Repeat($"{{\"svn\":{svn}}}", 16));
        string tdx = string.Join(',', Enumerable.Range(0, 16).Select(i => $"{{\"svn\":{(i is 0 or 2 ? svn : 0)}}}"));
        string tcb = Object($"\"sgxtcbcomponents\":[{sgx}]", $"\"pcesvn\":{svn}", $"\"tdxtcbcomponents\":[{tdx}]");
        return Object($"\"tcb\":{tcb}", Verdict(svn, status), $"\"advisoryIDs\":[{advisories}]");
    }

    private static string Isv(int svn, string status) => Object($"\"tcb\":{Object($"\"isvsvn\":{svn}")}", Verdict(svn, status));

    private static string Verdict(int svn, string status) =>
        Text("tcbDate", $"2025-0{svn}-01T00:00:00Z") + "," + Text("tcbStatus", status);

    private static string Dates(DateTimeOffset issued, DateTimeOffset nextUpdate) =>
        Text("issueDate", JsonFields.FormatTime(issued)) + "," + Text("nextUpdate", JsonFields.FormatTime(nextUpdate));

    private static string Text(string name, string value) => $"\"{name}\":\"{value}\"";

    private static string Object(params string[] members) => "{" + string.Join(',', members) + "}";
}

using System.Security.Cryptography;

namespace CocoonP2P.Attestation.Simulated;

/// <summary>TCB Info and QE Identity of a simulated world: three levels of each kind, the highest of them in order.</summary>
internal static class SimulatedDocuments
{
    public const string Fmspc = "51c0c0000000";

    /// <summary>The only evaluation number there is.</summary>
    public const int EvaluationNumber = 1;

    public static byte[] QeSigner { get; } = SHA256.HashData("CocoonP2P SIMULATED QE"u8);

    public static string TcbInfo(DateTimeOffset issued, DateTimeOffset nextUpdate)
    {
        string signer = new('0', 96);
        string module = $"\"mrsigner\":\"{signer}\",\"attributes\":\"0000000000000000\",\"attributesMask\":\"FFFFFFFFFFFFFFFF\"";
        string modules = $$"""{"id":"TDX_01",{{module}},"tcbLevels":[{{Isv(5, "UpToDate")}},{{Isv(3, "OutOfDate")}},{{Isv(1, "Revoked")}}]}""";
        string levels = string.Join(',', Level(5, "UpToDate", ""), Level(4, "OutOfDate", "\"SIM-SA-00001\""), Level(1, "Revoked", ""));
        return $$"""{"id":"TDX","version":3,{{Dates(issued, nextUpdate)}},"fmspc":"{{Fmspc}}","pceId":"0000","tcbType":0,"tcbEvaluationDataNumber":{{EvaluationNumber}},"tdxModule":{{{module}}},"tdxModuleIdentities":[{{modules}}],"tcbLevels":[{{levels}}]}""";
    }

    public static string QeIdentity(DateTimeOffset issued, DateTimeOffset nextUpdate) =>
        $$"""{"id":"TD_QE","version":2,{{Dates(issued, nextUpdate)}},"tcbEvaluationDataNumber":{{EvaluationNumber}},"miscselect":"00000000","miscselectMask":"FFFFFFFF","attributes":"11000000000000000000000000000000","attributesMask":"FBFFFFFFFFFFFFFF0000000000000000","mrsigner":"{{Convert.ToHexString(QeSigner)}}","isvprodid":2,"tcbLevels":[{{Isv(4, "UpToDate")}},{{Isv(3, "OutOfDate")}},{{Isv(1, "Revoked")}}]}""";

    /// <summary>A platform level: all components, SGX and TDX, at this version.</summary>
    public static string Level(int svn, string status, string advisories)
    {
        string sgx = string.Join(',', Enumerable.Repeat($"{{\"svn\":{svn}}}", 16));
        string tdx = string.Join(',', Enumerable.Range(0, 16).Select(i => $"{{\"svn\":{(i is 0 or 2 ? svn : 0)}}}"));
        return $$"""{"tcb":{"sgxtcbcomponents":[{{sgx}}],"pcesvn":{{svn}},"tdxtcbcomponents":[{{tdx}}]},"tcbDate":"2025-0{{svn}}-01T00:00:00Z","tcbStatus":"{{status}}","advisoryIDs":[{{advisories}}]}""";
    }

    private static string Isv(int svn, string status) =>
        $$"""{"tcb":{"isvsvn":{{svn}}},"tcbDate":"2025-0{{svn}}-01T00:00:00Z","tcbStatus":"{{status}}"}""";

    private static string Dates(DateTimeOffset issued, DateTimeOffset nextUpdate) =>
        $"\"issueDate\":\"{JsonFields.FormatTime(issued)}\",\"nextUpdate\":\"{JsonFields.FormatTime(nextUpdate)}\"";
}

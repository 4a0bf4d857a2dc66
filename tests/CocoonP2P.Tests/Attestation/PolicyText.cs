using System.Text;
using CocoonP2P.Attestation;

namespace CocoonP2P.Tests.Attestation;

/// <summary>Policies as text: the tests' own, with rules added or replaced.</summary>
internal static class PolicyText
{
    private static readonly string Image = $$"""
        {"name":"image","mrTd":"{{Hex(SimulatedWorld.Td.MrTd)}}","rtmr0":"{{Hex(SimulatedWorld.Td.Rtmrs[0])}}",
         "rtmr1":"{{Hex(SimulatedWorld.Td.Rtmrs[1])}}","rtmr2":"{{Hex(SimulatedWorld.Td.Rtmrs[2])}}","rtmr3":"{{Hex(SimulatedWorld.Td.Rtmrs[3])}}"}
        """;

    /// <summary>The rules of a simulated policy; an argument "rule": value replaces or adds one.</summary>
    public static string Simulated(params string[] rules) => Write("simulated", Hex(SimulatedWorld.Tee.Root.PublicKey.ToArray()), rules);

    public static string Production(params string[] rules) => Write("production", IntelRoot.PolicyName, rules);

    public static AppraisalPolicy Load(string json)
    {
        Assert.True(AppraisalPolicy.TryLoad(Encoding.UTF8.GetBytes(json), out AppraisalPolicy? policy, out Reason reason), reason.ToString());
        return policy;
    }

    private static string Write(string type, string root, string[] rules)
    {
        var all = new Dictionary<string, string>
        {
            ["\"name\""] = "\"tests\"",
            ["\"type\""] = $"\"{type}\"",
            ["\"roots\""] = $"[\"{root}\"]",
            ["\"minTcbEvaluationDataNumber\""] = "0",
            ["\"referenceValues\""] = $"[{Image}]",
        };
        foreach (string rule in rules)
        {
            string[] parts = rule.Split(':', 2);
            all[parts[0]] = parts[1];
        }

        return "{" + string.Join(',', all.Where(rule => rule.Value != "absent").Select(rule => $"{rule.Key}:{rule.Value}")) + "}";
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

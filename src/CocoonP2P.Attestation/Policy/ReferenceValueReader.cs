using System.Text.Json;

namespace CocoonP2P.Attestation;

/// <summary>Reads the images that a policy approves.</summary>
internal sealed class ReferenceValueReader(PolicyProblem problem)
{
    private static readonly HashSet<string> EventFields = [PolicyNames.Events];

    public ReferenceValue Read(JsonElement value)
    {
        var fields = new PolicyFields(value, problem);
        fields.AllowOnly(PolicyNames.ReferenceValues, PolicyNames.ReferenceFields);
        RegisterRule[] registers = [.. Enumerable.Range(0, 4).Select(i => Register(fields, PolicyNames.Rtmr(i)))];
        return new ReferenceValue(
            fields.Text(PolicyNames.Name) ?? problem.Note<string>(PolicyNames.ReferenceValues, "each need a name") ?? "",
            fields.Hex(PolicyNames.MrTd, ReferenceValue.HashSize) ?? problem.Note<byte[]>(PolicyNames.MrTd, "is missing") ?? [],
            registers,
            Config(fields, PolicyNames.MrConfigId),
            Config(fields, PolicyNames.MrOwner),
            Config(fields, PolicyNames.MrOwnerConfig));
    }

    /// <summary>One exact value, or the events that may have led to it.</summary>
    private RegisterRule Register(PolicyFields fields, string name)
    {
        if (fields.Object(name) is not { } rule)
        {
            return new RegisterRule(
                fields.Hex(name, ReferenceValue.HashSize)
                ?? problem.Note<byte[]>(name, "is missing: 48 bytes in hexadecimal, or events")
                ?? []);
        }

        rule.AllowOnly(name, EventFields);
        return new RegisterRule(
            rule.Hashes(PolicyNames.Events, ReferenceValue.HashSize) ?? problem.Note<List<string>>(name, "needs events") ?? []);
    }

    /// <summary>The host sets these three: zero unless the policy says otherwise.</summary>
    private static byte[] Config(PolicyFields fields, string name) =>
        fields.Hex(name, ReferenceValue.HashSize) ?? new byte[ReferenceValue.HashSize];
}

using System.Buffers.Binary;
using System.Text.Json;

namespace CocoonP2P.Attestation;

/// <summary>Reads a policy's rules; a rule that is absent or null takes its strict default.</summary>
internal sealed class PolicyReader
{
    private readonly PolicyProblem problem = new();
    private readonly PolicyFields fields;
    private readonly ReferenceValueReader images;

    public PolicyReader(JsonElement root)
    {
        fields = new PolicyFields(root, problem);
        images = new ReferenceValueReader(problem);
    }

    /// <summary>What is wrong, for the operator; null while nothing is.</summary>
    public string? Problem => problem.Text;

    public AppraisalPolicy? Read()
    {
        fields.AllowOnly("policy", PolicyNames.Rules);
        string type = fields.Text(PolicyNames.Type) ?? ProductionPolicy.TypeName;
        List<string> roots = fields.Texts(PolicyNames.Roots) ?? [];
        PolicyRules rules = ReadRules();
        if (roots.Count == 0)
        {
            problem.Note(PolicyNames.Roots, "names the roots to trust, at least one");
        }

        PolicySense.Check(rules, problem);
        return Problem is not null ? null : type switch
        {
            ProductionPolicy.TypeName => Production(rules, roots),
            SimulatedPolicy.TypeName => Simulated(rules, roots),
            _ => problem.Note<AppraisalPolicy>(PolicyNames.Type, "is \"production\" or \"simulated\""),
        };
    }

    private ProductionPolicy? Production(PolicyRules rules, List<string> roots) =>
        roots.All(name => name == IntelRoot.PolicyName)
            ? new ProductionPolicy(rules)
            : problem.Note<ProductionPolicy>(PolicyNames.Roots, "of a production policy are [\"intel\"]");

    private SimulatedPolicy? Simulated(PolicyRules rules, List<string> roots)
    {
        var read = new List<SimulatedRoot>();
        foreach (string name in roots)
        {
            if (!JsonFields.TryParseHex(name, QuoteLayout.KeySize, out byte[] key) || !P256Key.TryImport(key, out _))
            {
                return problem.Note<SimulatedPolicy>(
                    PolicyNames.Roots, "of a simulated policy are public keys of P-256, x and y in hexadecimal");
            }

            read.Add(new SimulatedRoot(key));
        }

        return new SimulatedPolicy(rules, read);
    }

    private PolicyRules ReadRules()
    {
        var strict = new PolicyRules { Name = "", MinTcbEvaluationDataNumber = 0, ReferenceValues = [] };
        return strict with
        {
            Name = fields.Text(PolicyNames.Name) ?? problem.Note<string>(PolicyNames.Name, "is missing") ?? "",
            MinTcbEvaluationDataNumber = Required(PolicyNames.MinTcbEvaluationDataNumber),
            TcbStatuses = fields.Each(PolicyNames.TcbStatuses, TcbStatuses.Acceptable) ?? strict.TcbStatuses,
            Early = fields.OneOf(PolicyNames.Update, PolicyNames.Early, PolicyNames.Standard) ?? strict.Early,
            MinTcbDate = fields.Time(PolicyNames.MinTcbDate),
            ResultTtl = fields.Seconds(PolicyNames.ResultTtl, PolicyRules.MaxResultTtl) ?? strict.ResultTtl,
            CollateralGrace = fields.Seconds(PolicyNames.CollateralGrace, CollateralRules.MaxGrace) ?? strict.CollateralGrace,
            RejectedAdvisories = fields.Texts(PolicyNames.RejectedAdvisories),
            AllowedPlatforms = fields.Hashes(PolicyNames.AllowedPlatforms, 32),
            DeniedPlatforms = fields.Hashes(PolicyNames.DeniedPlatforms, 32),
            AllowedFmspcs = fields.Hashes(PolicyNames.AllowedFmspcs, 6),
            MaxSessionsPerPlatform = fields.Number(PolicyNames.MaxSessionsPerPlatform, int.MaxValue),
            SgxTypes = fields.Items(PolicyNames.SgxTypes)?.Select(SgxType).ToList(),
            DynamicPlatform = fields.Flag(PolicyNames.DynamicPlatform),
            CachedKeys = fields.Flag(PolicyNames.CachedKeys),
            Smt = fields.Flag(PolicyNames.Smt),
            RequireSeptVeDisable = fields.OneOf(PolicyNames.SeptVeDisable, PolicyNames.Required, PolicyNames.Either)
                ?? strict.RequireSeptVeDisable,
            TdAttributes = fields.Each(PolicyNames.TdAttributes, Attribute)?.Aggregate(0UL, (all, one) => all | one)
                ?? strict.TdAttributes,
            XfamMask = fields.Hex(PolicyNames.XfamMask, sizeof(ulong)) is { } mask
                ? BinaryPrimitives.ReadUInt64BigEndian(mask)
                : strict.XfamMask,
            MrServiceTds = fields.Hashes(PolicyNames.MrServiceTds, ReferenceValue.HashSize),
            MrSeams = fields.Hashes(PolicyNames.MrSeams, ReferenceValue.HashSize),
            MinTeeTcbSvn = fields.Hex(PolicyNames.MinTeeTcbSvn, 16),
            ReferenceValues = fields.Items(PolicyNames.ReferenceValues)?.Select(images.Read).ToList() ?? [],
        };
    }

    private int Required(string name)
    {
        int? number = fields.Number(name, int.MaxValue);
        if (number is null)
        {
            problem.Note(name, "is missing");
        }

        return number ?? 0;
    }

    private int SgxType(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out int type) || type is < 0 or > 2)
        {
            problem.Note(PolicyNames.SgxTypes, "are 0, 1 and 2");
            return 0;
        }

        return type;
    }

    private static ulong? Attribute(string name) => TdAttributeBits.Optional.TryGetValue(name, out ulong bit) ? bit : null;
}

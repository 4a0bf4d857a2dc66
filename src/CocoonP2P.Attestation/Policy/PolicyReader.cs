using System.Buffers.Binary;
using System.Text.Json;

namespace CocoonP2P.Attestation;

/// <summary>Reads a policy's rules; the first problem ends it. A rule that is absent or null takes its default.</summary>
internal sealed class PolicyReader(JsonElement root)
{
    private const int MaxItems = 4096;

    /// <summary>What is wrong, for the operator; null while nothing is.</summary>
    public string? Problem { get; private set; }

    public AppraisalPolicy? Read()
    {
        CheckNames(root, PolicyNames.Rules);
        string type = Text(root, PolicyNames.Type) ?? ProductionPolicy.TypeName;
        List<string> roots = Texts(PolicyNames.Roots) ?? [];
        PolicyRules rules = ReadRules();
        if (roots.Count == 0)
        {
            Fail(PolicyNames.Roots, "names the roots to trust, at least one");
        }

        CheckSense(rules);
        return Problem is not null ? null : type switch
        {
            ProductionPolicy.TypeName => Production(rules, roots),
            SimulatedPolicy.TypeName => Simulated(rules, roots),
            _ => Fail<AppraisalPolicy>(PolicyNames.Type, "is \"production\" or \"simulated\""),
        };
    }

    private ProductionPolicy? Production(PolicyRules rules, List<string> roots) =>
        roots.All(name => name == IntelRoot.PolicyName)
            ? new ProductionPolicy(rules)
            : Fail<ProductionPolicy>(PolicyNames.Roots, "of a production policy are [\"intel\"]");

    private SimulatedPolicy? Simulated(PolicyRules rules, List<string> roots)
    {
        var read = new List<SimulatedRoot>();
        foreach (string name in roots)
        {
            if (!JsonFields.TryParseHex(name, QuoteLayout.KeySize, out byte[] key) || !P256Key.TryImport(key, out _))
            {
                return Fail<SimulatedPolicy>(PolicyNames.Roots, "of a simulated policy are public keys of P-256, x and y in hexadecimal");
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
            Name = Text(root, PolicyNames.Name) ?? Fail<string>(PolicyNames.Name, "is missing") ?? "",
            MinTcbEvaluationDataNumber = Number(PolicyNames.MinTcbEvaluationDataNumber, int.MaxValue)
                ?? Missing(PolicyNames.MinTcbEvaluationDataNumber),
            TcbStatuses = Each(PolicyNames.TcbStatuses, TcbStatuses.Acceptable) ?? strict.TcbStatuses,
            Early = OneOf(PolicyNames.Update, PolicyNames.Early, PolicyNames.Standard) ?? strict.Early,
            MinTcbDate = Time(PolicyNames.MinTcbDate),
            ResultTtl = Seconds(PolicyNames.ResultTtl, PolicyRules.MaxResultTtl) ?? strict.ResultTtl,
            CollateralGrace = Seconds(PolicyNames.CollateralGrace, CollateralRules.MaxGrace) ?? strict.CollateralGrace,
            RejectedAdvisories = Texts(PolicyNames.RejectedAdvisories),
            AllowedPlatforms = Hashes(PolicyNames.AllowedPlatforms, 32),
            DeniedPlatforms = Hashes(PolicyNames.DeniedPlatforms, 32),
            AllowedFmspcs = Hashes(PolicyNames.AllowedFmspcs, 6),
            MaxSessionsPerPlatform = Number(PolicyNames.MaxSessionsPerPlatform, int.MaxValue),
            SgxTypes = ReadSgxTypes(),
            DynamicPlatform = Flag(PolicyNames.DynamicPlatform),
            CachedKeys = Flag(PolicyNames.CachedKeys),
            Smt = Flag(PolicyNames.Smt),
            RequireSeptVeDisable = OneOf(PolicyNames.SeptVeDisable, PolicyNames.Required, PolicyNames.Either) ?? strict.RequireSeptVeDisable,
            TdAttributes = Each(PolicyNames.TdAttributes, Attribute)?.Aggregate(0UL, (all, one) => all | one) ?? strict.TdAttributes,
            XfamMask = Hex(root, PolicyNames.XfamMask, sizeof(ulong)) is { } mask ? BinaryPrimitives.ReadUInt64BigEndian(mask) : strict.XfamMask,
            MrServiceTds = Hashes(PolicyNames.MrServiceTds, ReferenceValue.HashSize),
            MrSeams = Hashes(PolicyNames.MrSeams, ReferenceValue.HashSize),
            MinTeeTcbSvn = Hex(root, PolicyNames.MinTeeTcbSvn, 16),
            ReferenceValues = ReadReferenceValues(),
        };
    }

    /// <summary>A list that allows nothing, or rules that exclude each other, are a mistake and not a wish.</summary>
    private void CheckSense(PolicyRules rules)
    {
        if (!rules.TcbStatuses.Contains(TcbStatus.UpToDate))
        {
            Fail(PolicyNames.TcbStatuses, "must contain UpToDate");
        }

        if ((rules.XfamMask & XfamBits.Fixed) != XfamBits.Fixed || (rules.XfamMask & ~XfamBits.Known) != 0)
        {
            Fail(PolicyNames.XfamMask, "must keep bits 0 and 1, and no bit that does not exist");
        }

        foreach ((string name, bool isEmpty) in new[]
        {
            (PolicyNames.ReferenceValues, rules.ReferenceValues.Count == 0),
            (PolicyNames.AllowedPlatforms, rules.AllowedPlatforms?.Count == 0),
            (PolicyNames.AllowedFmspcs, rules.AllowedFmspcs?.Count == 0),
            (PolicyNames.SgxTypes, rules.SgxTypes?.Count == 0),
            (PolicyNames.MrServiceTds, rules.MrServiceTds?.Count == 0),
            (PolicyNames.MrSeams, rules.MrSeams?.Count == 0),
            (PolicyNames.MaxSessionsPerPlatform, rules.MaxSessionsPerPlatform == 0),
            (PolicyNames.ResultTtl, rules.ResultTtl == TimeSpan.Zero),
        })
        {
            if (isEmpty)
            {
                Fail(name, "allows nothing");
            }
        }

        if (rules.AllowedPlatforms?.Intersect(rules.DeniedPlatforms ?? []).Any() == true)
        {
            Fail(PolicyNames.DeniedPlatforms, "denies a platform that is allowed");
        }
    }

    private List<ReferenceValue> ReadReferenceValues()
    {
        var values = new List<ReferenceValue>();
        foreach (JsonElement one in Items(root, PolicyNames.ReferenceValues) ?? [])
        {
            CheckNames(one, PolicyNames.ReferenceFields);
            byte[]? mrTd = Hex(one, PolicyNames.MrTd, ReferenceValue.HashSize);
            string? name = Text(one, PolicyNames.Name);
            var registers = new List<RegisterRule>();
            for (int i = 0; i < 4; i++)
            {
                registers.Add(Register(one, PolicyNames.Rtmr(i)));
            }

            if (mrTd is null || name is null)
            {
                Fail(PolicyNames.ReferenceValues, "each need a name and mrTd");
                break;
            }

            values.Add(new ReferenceValue(
                name, mrTd, registers, Config(one, PolicyNames.MrConfigId), Config(one, PolicyNames.MrOwner), Config(one, PolicyNames.MrOwnerConfig)));
        }

        return values;
    }

    private byte[] Config(JsonElement value, string name) =>
        Hex(value, name, ReferenceValue.HashSize) ?? new byte[ReferenceValue.HashSize];

    private RegisterRule Register(JsonElement value, string name)
    {
        if (value.TryObject(name, out JsonElement rule))
        {
            CheckNames(rule, new HashSet<string> { PolicyNames.Events });
            var events = new List<string>();
            foreach (JsonElement one in Items(rule, PolicyNames.Events) ?? [])
            {
                events.Add(LowerHex(one, ReferenceValue.HashSize) ?? Fail<string>(name, "has an event that is no SHA-384 digest") ?? "");
            }

            return new RegisterRule(events);
        }

        return new RegisterRule(Hex(value, name, ReferenceValue.HashSize) ?? Fail<byte[]>(name, "is missing: 48 bytes in hexadecimal, or events") ?? []);
    }

    private List<int>? ReadSgxTypes() =>
        Items(root, PolicyNames.SgxTypes)?.Select(one => one.ValueKind == JsonValueKind.Number && one.TryGetInt32(out int type) && type is >= 0 and <= 2
            ? type
            : Missing(PolicyNames.SgxTypes)).ToList();

    private static ulong? Attribute(string name) => TdAttributeBits.Optional.TryGetValue(name, out ulong bit) ? bit : null;

    private List<T>? Each<T>(string name, Func<string, T?> parse)
        where T : struct
    {
        var values = new List<T>();
        foreach (string text in Texts(name) ?? [])
        {
            if (parse(text) is not { } value)
            {
                return Fail<List<T>>(name, $"does not know \"{text}\"");
            }

            values.Add(value);
        }

        return IsAbsent(root, name) ? null : values;
    }

    private List<string>? Texts(string name) =>
        Items(root, name)?.Select(one => TextOf(one) is { Length: > 0 } text ? text : Fail<string>(name, "holds something that is no text") ?? "").ToList();

    private List<string>? Hashes(string name, int length) =>
        Items(root, name)?.Select(one => LowerHex(one, length) ?? Fail<string>(name, $"holds something that is not {length} bytes in hexadecimal") ?? "").ToList();

    private static string? LowerHex(JsonElement value, int length) =>
        TextOf(value) is { } text && JsonFields.TryParseHex(text, length, out byte[] bytes) ? Convert.ToHexStringLower(bytes) : null;

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate is no text.
            return null;
        }
    }

    private List<JsonElement>? Items(JsonElement parent, string name)
    {
        if (IsAbsent(parent, name))
        {
            return null;
        }

        return parent.TryList(name, MaxItems, out JsonElement list) ? [.. list.EnumerateArray()] : Fail<List<JsonElement>>(name, $"is no list of at most {MaxItems}");
    }

    private string? Text(JsonElement parent, string name) =>
        IsAbsent(parent, name) ? null : parent.TryText(name, out string? text) && text.Length > 0 ? text : Fail<string>(name, "is no text");

    private byte[]? Hex(JsonElement parent, string name, int length) =>
        IsAbsent(parent, name) ? null : parent.TryHex(name, length, out byte[] bytes) ? bytes : Fail<byte[]>(name, $"is not {length} bytes in hexadecimal");

    private int? Number(string name, int max)
    {
        if (IsAbsent(root, name))
        {
            return null;
        }

        return root.TryNumber(name, (uint)max, out uint number) ? (int)number : Missing(name);
    }

    private TimeSpan? Seconds(string name, TimeSpan max) => Number(name, (int)max.TotalSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private DateTimeOffset? Time(string name)
    {
        if (IsAbsent(root, name))
        {
            return null;
        }

        if (!root.TryTime(name, out DateTimeOffset time))
        {
            Fail(name, "is no time like 2026-01-31T00:00:00Z");
        }

        return time;
    }

    private bool? Flag(string name)
    {
        if (IsAbsent(root, name))
        {
            return null;
        }

        JsonValueKind kind = root.GetProperty(name).ValueKind;
        if (kind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fail(name, "is true or false");
        }

        return kind == JsonValueKind.True;
    }

    private bool? OneOf(string name, string yes, string no)
    {
        string? text = Text(root, name);
        if (text is not null && text != yes && text != no)
        {
            Fail(name, $"is \"{yes}\" or \"{no}\"");
        }

        return text is null ? null : text == yes;
    }

    private void CheckNames(JsonElement value, IReadOnlySet<string> known)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Fail(PolicyNames.ReferenceValues, "holds something that is no object");
            return;
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                Fail(property.Name, "is no rule");
            }
        }
    }

    private static bool IsAbsent(JsonElement parent, string name) =>
        parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null;

    private int Missing(string name)
    {
        Fail(name, "needs a whole number in its range");
        return 0;
    }

    private void Fail(string name, string why) => Problem ??= $"\"{name}\" {why}";

    private T? Fail<T>(string name, string why)
        where T : class
    {
        Fail(name, why);
        return null;
    }
}

namespace CocoonP2P.Attestation;

/// <summary>Every rule of a policy with its value; the defaults are the strict ones. Null leaves a rule open.</summary>
internal sealed record PolicyRules
{
    public static readonly TimeSpan MaxResultTtl = TimeSpan.FromDays(30);

    public required string Name { get; init; }

    public required int MinTcbEvaluationDataNumber { get; init; }

    public required IReadOnlyList<ReferenceValue> ReferenceValues { get; init; }

    public IReadOnlyList<TcbStatus> TcbStatuses { get; init; } = [TcbStatus.UpToDate];

    public bool Early { get; init; }

    public DateTimeOffset? MinTcbDate { get; init; }

    public TimeSpan ResultTtl { get; init; } = TimeSpan.FromHours(24);

    public TimeSpan CollateralGrace { get; init; }

    public IReadOnlyList<string>? RejectedAdvisories { get; init; }

    /// <summary>SHA-256 of PPIDs in lower-case hexadecimal.</summary>
    public IReadOnlyList<string>? AllowedPlatforms { get; init; }

    public IReadOnlyList<string>? DeniedPlatforms { get; init; }

    /// <summary>Platform families, 6 bytes in lower-case hexadecimal.</summary>
    public IReadOnlyList<string>? AllowedFmspcs { get; init; }

    public int? MaxSessionsPerPlatform { get; init; }

    public IReadOnlyList<int>? SgxTypes { get; init; }

    public bool? DynamicPlatform { get; init; }

    public bool? CachedKeys { get; init; }

    public bool? Smt { get; init; }

    public bool RequireSeptVeDisable { get; init; } = true;

    /// <summary>Which of <see cref="TdAttributeBits.Optional"/> may be set.</summary>
    public ulong TdAttributes { get; init; } = TdAttributeBits.Harmless;

    public ulong XfamMask { get; init; } = XfamBits.Known;

    /// <summary>MRSERVICETD values that may be bound, besides none; 48 bytes in lower-case hexadecimal.</summary>
    public IReadOnlyList<string>? MrServiceTds { get; init; }

    public IReadOnlyList<string>? MrSeams { get; init; }

    /// <summary>16 security versions, each a minimum.</summary>
    public byte[]? MinTeeTcbSvn { get; init; }

    public CollateralRules Collateral => new()
    {
        MinTcbEvaluationDataNumber = MinTcbEvaluationDataNumber,
        Grace = CollateralGrace,
        Early = Early,
    };
}

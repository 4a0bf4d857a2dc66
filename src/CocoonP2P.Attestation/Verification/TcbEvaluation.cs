namespace CocoonP2P.Attestation;

/// <summary>What the levels say of one set of security versions.</summary>
/// <param name="Status">Platform, module and quoting enclave together.</param>
/// <param name="Platform">The platform alone.</param>
/// <param name="Module">The TDX module alone; null where it has no levels of its own.</param>
/// <param name="Qe">The quoting enclave alone.</param>
/// <param name="TcbDate">The oldest of the matching levels' dates.</param>
/// <param name="Advisories">Of all matching levels, sorted.</param>
public sealed record TcbEvaluation(
    TcbStatus Status,
    TcbStatus Platform,
    TcbStatus? Module,
    TcbStatus Qe,
    DateTimeOffset TcbDate,
    IReadOnlyList<string> Advisories)
{
    internal static TcbEvaluation NotSupported { get; } = new(
        TcbStatus.NotSupported, TcbStatus.NotSupported, null, TcbStatus.NotSupported, DateTimeOffset.MinValue, []);
}

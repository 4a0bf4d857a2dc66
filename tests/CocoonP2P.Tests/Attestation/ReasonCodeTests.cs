using CocoonP2P.Attestation;
using CocoonP2P.Attestation.Simulated;

namespace CocoonP2P.Tests.Attestation;

public sealed class ReasonCodeTests
{
    /// <summary>Codes that no fault of the evidence can provoke, and the tests that provoke them.</summary>
    private static readonly ReasonCode[] ProvokedByPolicyOrHistory =
    [
        ReasonCode.None,
        ReasonCode.CrlRollback, ReasonCode.CollateralRollback, ReasonCode.ClockRollback,
        ReasonCode.TcbEvaluationTooOld, ReasonCode.SeamPolicy, ReasonCode.PartitionedTd, ReasonCode.MigratedTd,
        ReasonCode.ReportDataMismatch, ReasonCode.TcbPolicyAdvisory, ReasonCode.TcbPolicyDate, ReasonCode.TcbPolicyPlatform,
        ReasonCode.SimulatedTeeNotAllowed, ReasonCode.PolicyInvalid,
        ReasonCode.EventLogReplayMismatch, ReasonCode.EventLogTruncated, ReasonCode.EventLogAlgorithm, ReasonCode.EventLogTooLarge,
    ];

    [Fact]
    public void Every_code_has_a_fault_that_provokes_it()
    {
        IEnumerable<ReasonCode> provoked = SimulatedFault.All.Select(fault => fault.Expected).Concat(ProvokedByPolicyOrHistory);
        Assert.Empty(Enum.GetValues<ReasonCode>().Except(provoked));
    }

    [Fact]
    public void Fault_names_are_unique() =>
        Assert.Equal(SimulatedFault.All.Count, SimulatedFault.All.Select(fault => fault.Name).Distinct().Count());

    [Fact]
    public void Every_code_is_documented()
    {
        string document = File.ReadAllText(Path.Combine(TdxVectors.Folder, "../../../docs/protocol/attestation.md"));
        Assert.All(Enum.GetValues<ReasonCode>(), code => Assert.Contains($"`{code}`", document, StringComparison.Ordinal));
    }
}

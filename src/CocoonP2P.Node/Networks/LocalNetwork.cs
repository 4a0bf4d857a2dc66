using CocoonP2P.Attestation;
using CocoonP2P.Attestation.Simulated;
using CocoonP2P.Hosting;
using CocoonP2P.Sessions;

namespace CocoonP2P.Node.Networks;

/// <summary>
/// The stand-ins of network = "local", composed here and nowhere else: a TEE that protects nothing, its root derived from
/// the network's public genesis. Verifier, policy engine and formats are the real ones.
/// </summary>
internal static class LocalNetwork
{
    /// <summary>The image that a local worker claims to run.</summary>
    public const string WorkerImage = "cocoon-worker";

    /// <summary>What a local network's manifest trusts by default.</summary>
    public static ReferenceMeasurement Measurement
    {
        get
        {
            SimulatedTd td = new(WorkerImage);
            return new ReferenceMeasurement(WorkerImage, td.MrTd, td.Rtmrs);
        }
    }

    /// <exception cref="CocoonException">Configuration: the policy or the manifest.</exception>
    public static NetworkStack Compose(NetworkManifest manifest, CocoonOptions options, string machine, TimeProvider time)
    {
        if (manifest.Genesis is null)
        {
            throw new CocoonException(ErrorCode.Configuration, $"the manifest of network \"{manifest.Name}\" has no genesis", "write genesis = \"…\", 32 bytes of hex");
        }

        SimulatedTee tee = new(manifest.Genesis);
        AppraisalPolicy policy = options.Attestation.Policy.Length > 0
            ? PolicyFile.Load(options.Attestation.Policy)
            : new SimulatedPolicy(
                manifest.Name, tee.Root, [.. manifest.Measurements.Select(m => new ReferenceValue(m.Name, m.MrTd, m.Rtmrs))]);
        SimulatedTd td = new(WorkerImage);
        NodeEvidence evidence = new(tee.CreateProvider(td, machine), PolicyAppraiser.MeasurementOf(td.MrTd, td.Rtmrs));
        return new NetworkStack(NetworkStack.Judge(policy, tee.CreateCollateralSource(time), time), evidence);
    }
}

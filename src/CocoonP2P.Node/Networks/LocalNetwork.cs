using CocoonP2P.Attestation.Simulated;
using CocoonP2P.Hosting;
using CocoonP2P.Networks;
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

    /// <summary>The options of a node on this network: it trusts the simulated root that follows from the manifest.</summary>
    public static CocoonOptions Trusting(CocoonOptions options) => options with { Trust = SimulatedTee.Trust };

    /// <summary>Evidence of a platform that does not exist.</summary>
    /// <exception cref="CocoonException">Configuration: the manifest has no genesis.</exception>
    public static NodeEvidence Evidence(NetworkManifest manifest, string machine)
    {
        SimulatedTee tee = new(manifest.Genesis ?? throw new CocoonException(
            ErrorCode.Configuration, $"the manifest of network \"{manifest.Name}\" has no genesis", "write genesis = \"…\", 32 bytes of hex"));
        SimulatedTd td = new(WorkerImage);
        return new NodeEvidence(tee.CreateProvider(td, machine), PolicyAppraiser.MeasurementOf(td.MrTd, td.Rtmrs));
    }
}

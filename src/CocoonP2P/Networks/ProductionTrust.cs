using CocoonP2P.Attestation;

namespace CocoonP2P.Networks;

/// <summary>Trust in a network of TDX machines: the strict policy for the images that its manifest names, under Intel's root.</summary>
internal static class ProductionTrust
{
    /// <exception cref="CocoonException">Configuration: no image, no number, or no collateral.</exception>
    public static NetworkTrust Of(NetworkManifest manifest, CocoonOptions options, HttpClient http)
    {
        if (manifest.Measurements.Count == 0 || manifest.MinTcbEvaluation <= 0)
        {
            throw new CocoonException(
                ErrorCode.Configuration, $"the manifest of network \"{manifest.Name}\" names no software to trust",
                "it needs min_tcb_evaluation and [measurements.NAME]; or set attestation.policy");
        }

        IReadOnlyList<string> services = options.Attestation.Collateral is ["network"] ? manifest.Collateral : options.Attestation.Collateral;
        if (services.Count == 0)
        {
            throw new CocoonException(
                ErrorCode.Configuration, "nothing has collateral, so that no evidence could be accepted",
                "set attestation.collateral in node.toml, or collateral in the network's manifest");
        }

        return new NetworkTrust(
            new ProductionPolicy(manifest.Name, manifest.MinTcbEvaluation, TrustRules.Images(manifest)),
            new FirstCollateralSource([.. services.Select(s => new PccsCollateralSource(http, Address(s)))]));
    }

    private static Uri Address(string service) => Uri.TryCreate(service, UriKind.Absolute, out Uri? uri) && uri.Scheme is ("https" or "http")
        ? uri
        : throw new CocoonException(ErrorCode.Configuration, $"collateral: \"{service}\" is no address", "write \"https://…\" without a path");
}

using System.Globalization;
using CocoonP2P.Configuration;

namespace CocoonP2P.Networks;

/// <summary>Writes a manifest as <see cref="NetworkManifest.TryRead"/> reads it; what is unset is left out.</summary>
internal static class ManifestWriter
{
    public static string Write(this NetworkManifest manifest)
    {
        List<string> lines =
        [
            $"name = {Toml.Quote(manifest.Name)}",
            .. manifest.Genesis is byte[] genesis ? [$"genesis = {Toml.Quote(Convert.ToHexStringLower(genesis))}"] : (string[])[],
            $"global_id = {manifest.GlobalId.ToString(CultureInfo.InvariantCulture)}",
            $"block_time = {Toml.Quote(Toml.Duration(manifest.BlockTime))}",
            $"bootstrap = [{string.Join(", ", manifest.Bootstrap.Select(Toml.Quote))}]",
            $"chain = [{string.Join(", ", manifest.Chain.Select(Toml.Quote))}]",
            .. manifest.Collateral.Count > 0 ? [$"collateral = [{string.Join(", ", manifest.Collateral.Select(Toml.Quote))}]"] : (string[])[],
            .. manifest.MinTcbEvaluation > 0
                ? [$"min_tcb_evaluation = {manifest.MinTcbEvaluation.ToString(CultureInfo.InvariantCulture)}"] : (string[])[],
            .. manifest.ModelsFromOffers ? ["models_from_offers = true"] : (string[])[],
        ];
        foreach (ReferenceMeasurement measurement in manifest.Measurements)
        {
            lines.Add($"[measurements.{measurement.Name}]");
            lines.Add($"mrtd = {Toml.Quote(Convert.ToHexStringLower(measurement.MrTd))}");
            lines.AddRange(measurement.Rtmrs.Select((rtmr, i) => $"rtmr{i} = {Toml.Quote(Convert.ToHexStringLower(rtmr))}"));
        }

        if (manifest.Models.Count > 0)
        {
            lines.Add("[models]");
            lines.AddRange(manifest.Models.Select(m => $"{Toml.Quote(m.Key)} = {Toml.Quote(m.Value)}"));
        }

        return string.Join('\n', lines) + "\n";
    }
}

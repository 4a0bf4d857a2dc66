using System.Globalization;
using System.Text.Json;
using CocoonP2P.Node.Configuration;
using CocoonP2P.Protocol;

namespace CocoonP2P.Node.Terminal;

/// <summary>The node's answers about workers as lines for a person.</summary>
internal static class PeerText
{
    public static IEnumerable<string> List(JsonElement answer)
    {
        JsonElement[] peers = [.. answer.GetProperty("peers").EnumerateArray()];
        if (peers.Length == 0)
        {
            yield return "no worker is known: look at cocoon config show, network.bootstrap";
        }

        foreach (JsonElement peer in peers)
        {
            string models = string.Join(", ", peer.GetProperty("models").EnumerateArray().Select(m => m.GetProperty("name").GetString()));
            string state = peer.GetProperty("offers").GetBoolean() ? peer.GetProperty("tee").GetString()! : "no offer";
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{peer.GetProperty("peer_id").GetString(),-52}  {state,-9}  {peer.GetProperty("receipts").GetUInt32(),5} receipts  {models}");
        }
    }

    public static IEnumerable<string> Show(JsonElement answer)
    {
        JsonElement peer = answer.GetProperty("peer");
        yield return Line("peer", peer.GetProperty("peer_id").GetString()!);
        yield return Line("offer", peer.GetProperty("offers").GetBoolean() ? peer.GetProperty("tee").GetString()! : "none now");
        yield return Line("receipts", peer.GetProperty("receipts").GetRawText());
        yield return Line("trusted with", $"{Amount(peer.GetProperty("exposure_nanoton"))} for one job");
        yield return Line("platform", peer.GetProperty("up_to_date").ValueKind switch
        {
            JsonValueKind.True => "up to date",
            JsonValueKind.False => "behind its updates",
            _ => "not appraised yet",
        });
        yield return Line("last used", peer.GetProperty("last_used").GetString() ?? "never");
        foreach (JsonElement model in peer.GetProperty("models").EnumerateArray())
        {
            foreach (string line in Model(model))
            {
                yield return line;
            }
        }
    }

    public static IEnumerable<string> WhyNot(JsonElement answer)
    {
        foreach (JsonElement explanation in answer.GetProperty("explanations").EnumerateArray())
        {
            string model = explanation.GetProperty("model").GetString()!;
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{(model.Length > 0 ? model : "any model")}: {explanation.GetProperty("share").GetDouble() * 100:0.0} % of the jobs");
            foreach (JsonElement reason in explanation.GetProperty("reasons").EnumerateArray())
            {
                yield return $"  {reason.GetProperty("code").GetString(),-18} {reason.GetProperty("text").GetString()}";
            }
        }
    }

    private static IEnumerable<string> Model(JsonElement model)
    {
        yield return "";
        yield return Line("model", model.GetProperty("name").GetString()!);
        if (model.GetProperty("offer") is { ValueKind: JsonValueKind.Object } offer)
        {
            yield return Line(
                "  offers", $"{Amount(offer.GetProperty("completion_price_per_million"))} per million tokens, {offer.GetProperty("free_slots")} of {offer.GetProperty("slots")} slots free, "
                + $"says {offer.GetProperty("tokens_per_second")} tokens/s");
        }

        yield return Line("  measured", model.GetProperty("measured") is { ValueKind: JsonValueKind.Object } measured
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{measured.GetProperty("answers")} answers, {measured.GetProperty("success").GetDouble() * 100:0} % good lately, first token {measured.GetProperty("first_token_seconds").GetDouble():0.00} s, "
                + $"{measured.GetProperty("tokens_per_second").GetDouble():0.0} tokens/s, {measured.GetProperty("running")} running")
            : "nothing yet");
        if (model.GetProperty("last_failure").GetString() is { } failure)
        {
            yield return Line("  failed", failure + (model.GetProperty("left_alone_until").GetString() is { } until ? $", left alone until {until}" : ""));
        }
    }

    private static string Amount(JsonElement nanoton) => Money.Show(new NanoTon(ulong.Parse(nanoton.GetString()!, CultureInfo.InvariantCulture)));

    private static string Line(string name, string value) => $"{name,-14} {value}";
}

using System.Globalization;
using CocoonP2P.Protocol;

namespace CocoonP2P.Capacity;

/// <summary>The words of each reason, with the numbers behind it.</summary>
internal static class ReasonWords
{
    public static WhyNot NoOffer() => new(WhyNotCode.NoOffer, "no offer of it is known: it is down, unreachable by gossip, or on another network");

    public static WhyNot WrongModel(CapacityOffer offer) =>
        new(WhyNotCode.WrongModel, $"it offers other models: {string.Join(", ", offer.Models.Select(m => m.Name))}");

    public static WhyNot Blocked(WhyNotCode code, CapacityOffer offer, ModelOffer model, MarketJob job, NanoTon exposure) => new(code, code switch
    {
        WhyNotCode.EvidenceKind => Text($"its evidence is of kind 0x{offer.TeeKind:x4}, which the policy does not accept"),
        WhyNotCode.ContextTooSmall => Text($"a prompt of {job.PromptTokens} tokens does not fit its context of {model.ContextTokens}"),
        WhyNotCode.TooDear => Text($"the job may cost {Screening.MostCost(model, job)} nanoton there, above the {job.MaxCost.Value} allowed"),
        WhyNotCode.Exposure => Text($"the job may lock {Screening.MostCost(model, job)} nanoton, and with its receipts it is trusted with {exposure.Value}"),
        _ => "it offers other models",
    });

    public static WhyNot Backoff(Prospect own, DateTimeOffset now) => new(
        WhyNotCode.Backoff, Text($"it failed lately, and is left alone for another {(own.ReadyAt - now).TotalSeconds:0.0} s"));

    public static WhyNot NoFreeSlot(Prospect own, DateTimeOffset now) => new(WhyNotCode.NoFreeSlot, own.ReadyAt > now
        ? Text($"it refused for want of a slot, and is asked again in {(own.ReadyAt - now).TotalSeconds:0.0} s")
        : Text($"none of its {own.Model.Slots} slots is free; {own.Running} have jobs of this node"));

    public static WhyNot NoHistory(Prospect own) => new(
        WhyNotCode.NoHistory,
        Text($"{own.Record?.Finished ?? 0} answers finished there, {Forecast.Proven} make it known; until then it gets a part of one job in {1 / Field.Trials:0}"));

    public static WhyNot LowSuccess(Prospect own) => new(
        WhyNotCode.LowSuccess, Text($"{own.Success:P0} of its jobs ended well lately; below {Forecast.Reliable:P0} it gets a part of one job in {1 / Field.Trials:0}"));

    public static WhyNot TooSlow(Prospect own) => new(WhyNotCode.TooSlow, Text($"the answer would take {own.Seconds:0.0} s there, past the deadline"));

    public static WhyNot Dearer(Prospect own, double cheapest) => new(
        WhyNotCode.Dearer, Text($"it would cost {own.Cost:0} nanoton with its failures and fees, the cheapest {cheapest:0}; {Draw.Band - 1:P0} more is taken for speed"));

    public static WhyNot Slower(Prospect own, double fastest) => new(
        WhyNotCode.Slower, Text($"of those of its price it is slower: {own.Seconds:0.00} s for an answer, the fastest {fastest:0.00} s"));

    public static WhyNot Chosen(double share) => new(WhyNotCode.Chosen, Text($"it gets {share:P1} of such jobs now"));

    private static string Text(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}

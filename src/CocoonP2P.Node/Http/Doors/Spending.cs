using CocoonP2P.Protocol;

namespace CocoonP2P.Node.Http.Doors;

/// <summary>What a key has spent, and what running requests may still spend. Pure: the day comes in.</summary>
/// <param name="Day">Days since 1970 in UTC that <paramref name="Today"/> is of.</param>
/// <param name="Today">Spent that day.</param>
/// <param name="Total">Spent ever.</param>
/// <param name="Held">What requests that run may cost at most.</param>
internal readonly record struct Spending(int Day, NanoTon Today, NanoTon Total, NanoTon Held)
{
    /// <summary>The same on a day: midnight empties what was spent today.</summary>
    public Spending On(int day) => day == Day ? this : this with { Day = day, Today = NanoTon.Zero };

    /// <summary>What the limits leave; null for no limit. What running requests hold is not counted.</summary>
    public NanoTon? Left(KeyLimits limits)
    {
        NanoTon? day = limits.PerDay?.MinusOrZero(Today), total = limits.Total?.MinusOrZero(Total);
        return day is NanoTon a && total is NanoTon b ? NanoTon.Min(a, b) : day ?? total;
    }

    /// <summary>A request begins, that may cost so much.</summary>
    public Spending Hold(NanoTon amount) => this with { Held = Held + amount };

    /// <summary>It is over, and cost so much.</summary>
    public Spending Settle(NanoTon held, NanoTon cost) => this with { Held = Held - held, Today = Today + cost, Total = Total + cost };

    /// <summary>As it is remembered: a node that dies finds spent what might have been.</summary>
    public Spending Remembered() => new(Day, Today + Held, Total + Held, NanoTon.Zero);
}

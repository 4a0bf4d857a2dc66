namespace CocoonP2P.Capacity;

/// <summary>
/// Two are drawn by weight and the better one wins: the best get most, and clients that know the same do not all meet at one
/// worker. The better is who is in time; then who asks at most <see cref="Band"/> above the cheapest; of those the faster, of
/// the others the cheaper.
/// </summary>
internal sealed class Draw
{
    /// <summary>What a faster answer may cost more.</summary>
    public const double Band = 1.1;

    /// <summary>How the weight falls with the price above the band: to a tenth for each further 10 %.</summary>
    private const double PriceSlope = 23;

    private readonly IReadOnlyList<Prospect> _among;
    private readonly double[] _weights;
    private readonly double _sum;
    private readonly double _cheapest = double.MaxValue;
    private readonly double _deadline;

    /// <param name="among">At least one.</param>
    /// <param name="deadline">Seconds.</param>
    /// <param name="floor">Least weight that a price or time leaves, 0 to 1: trials give everyone a chance.</param>
    public Draw(IReadOnlyList<Prospect> among, double deadline, double floor)
    {
        (_among, _deadline) = (among, deadline);
        bool late = !among.Any(IsInTime);
        double fastest = double.MaxValue;
        foreach (Prospect one in among.Where(p => late || IsInTime(p)))
        {
            _cheapest = Math.Min(_cheapest, one.Cost);
        }

        foreach (Prospect one in among.Where(p => (late || IsInTime(p)) && IsInBand(p)))
        {
            fastest = Math.Min(fastest, one.Seconds);
        }

        _weights = [.. among.Select(p => Weigh(p, late || IsInTime(p), fastest, floor))];
        _sum = _weights.Sum();
    }

    /// <summary>Whether it is among the cheapest that are in time.</summary>
    public bool IsInBand(Prospect one) => one.Cost <= _cheapest * Band;

    public bool IsInTime(Prospect one) => one.Seconds <= _deadline;

    /// <summary>The one that wins, by two numbers in [0, 1).</summary>
    public Prospect Pick(double first, double second)
    {
        int left = At(first * _sum);
        int right = At(second * _sum);
        return _among[Compare(left, right) <= 0 ? left : right];
    }

    /// <summary>The part of all draws that this one wins.</summary>
    public double ShareOf(Prospect one)
    {
        int index = _among.ToList().IndexOf(one);
        double beaten = 0;
        for (int i = 0; i < _among.Count; i++)
        {
            beaten += i == index ? _weights[i] / 2 : Compare(index, i) <= 0 ? _weights[i] : 0;
        }

        return 2 * _weights[index] * beaten / (_sum * _sum);
    }

    private double Weigh(Prospect one, bool inTime, double fastest, double floor)
    {
        double dear = Math.Max(0, (one.Cost / Math.Max(_cheapest, double.Epsilon)) - Band);
        double price = Math.Exp(-PriceSlope * dear);
        double speed = Math.Min(1, fastest / Math.Max(one.Seconds, double.Epsilon));
        double free = one.Free * one.Freshness;
        double fit = inTime ? Math.Max(price * speed * speed * speed, floor) : floor;

        // Never zero: where everyone is bad, one is drawn all the same.
        return Math.Max(fit * one.Success * one.Success * one.Tier * (free / (free + 1)), 1e-12);
    }

    private int At(double sum)
    {
        int i = 0;
        while (i < _weights.Length - 1 && (sum -= _weights[i]) >= 0)
        {
            i++;
        }

        return i;
    }

    /// <summary>Below zero where the left one is better; ties go by the order in the list.</summary>
    private int Compare(int left, int right)
    {
        (Prospect l, Prospect r) = (_among[left], _among[right]);
        int order = IsInTime(r).CompareTo(IsInTime(l));
        order = order != 0 ? order : IsInBand(r).CompareTo(IsInBand(l));
        order = order != 0 ? order : IsInBand(l) ? l.Seconds.CompareTo(r.Seconds) : l.Cost.CompareTo(r.Cost);
        return order != 0 ? order : left.CompareTo(right);
    }
}

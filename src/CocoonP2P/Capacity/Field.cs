namespace CocoonP2P.Capacity;

/// <summary>
/// Whom a job is drawn from: those that are relied on, but for a few trials. Where none of them is ready, the others get the
/// job, those first that have none: trying a stranger beats refusing.
/// </summary>
internal sealed class Field
{
    /// <summary>Part of the jobs that teach something about workers that are not relied on: one in 32, under the 5 % that p95 forgives.</summary>
    public const double Trials = 1.0 / 32;

    /// <summary>Least weight in a trial, so that dear and slow ones are looked at too.</summary>
    private const double TrialFloor = 0.01;

    /// <summary>Prices are no secret: a known worker that is dearer by more than half would not be taken however fast it had become.</summary>
    private const double WorthATrial = 1.5;

    private readonly List<Prospect> _relied;
    private readonly List<Prospect> _tried;
    private readonly Draw? _best;
    private readonly Draw? _trial;

    /// <param name="ready">At least one.</param>
    /// <param name="deadline">Of the job.</param>
    public Field(IReadOnlyList<Prospect> ready, TimeSpan deadline)
    {
        _relied = [.. ready.Where(p => p.IsProven)];
        double dear = WorthATrial * _relied.Select(p => p.Cost).DefaultIfEmpty(double.MaxValue / WorthATrial).Min();
        _tried = [.. ready.Where(p => p.WantsTrial && p.Running == 0 && (!p.IsProven || p.Cost <= dear))];
        if (_relied.Count == 0 && _tried.Count == 0)
        {
            _tried = [.. ready];
        }

        _best = _relied.Count > 0 ? new Draw(_relied, deadline.TotalSeconds, 0) : null;
        _trial = _tried.Count > 0 ? new Draw(_tried, deadline.TotalSeconds, TrialFloor) : null;
    }

    /// <summary>The draw among those that are relied on; null where there is none.</summary>
    public Draw? Best => _best;

    /// <summary>One of them.</summary>
    /// <param name="chance">Three numbers are drawn.</param>
    /// <param name="mayTry">Whether the job may be a trial though somebody is relied on.</param>
    public (Prospect Chosen, bool IsTrial) Pick(ref Chance chance, bool mayTry)
    {
        bool tries = _best is null || (chance.Next() < Trials && mayTry && _trial is not null);
        return ((tries ? _trial! : _best!).Pick(chance.Next(), chance.Next()), tries);
    }

    /// <summary>The part of such jobs that this one of them gets.</summary>
    public double ShareOf(Prospect one)
    {
        double trials = _best is null ? 1 : _trial is null ? 0 : Trials;
        return (_relied.Contains(one) ? (1 - trials) * _best!.ShareOf(one) : 0) + (_tried.Contains(one) ? trials * _trial!.ShareOf(one) : 0);
    }
}

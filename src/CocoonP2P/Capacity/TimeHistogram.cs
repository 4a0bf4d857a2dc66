namespace CocoonP2P.Capacity;

/// <summary>Times from 1 ms to 10 minutes in 80 classes, each 18 % longer than the one before; the old ones fade.</summary>
internal sealed class TimeHistogram
{
    private const int Classes = 80;
    private const double PerOctave = 4.15;

    /// <summary>Samples after which all classes are halved: the last thousand decide.</summary>
    private const double Fade = 1_000;

    private readonly double[] _counts = new double[Classes];
    private double _sum;

    /// <summary>Samples that still count.</summary>
    public int Count => (int)_sum;

    public void Add(TimeSpan time)
    {
        double octaves = Math.Log2(Math.Max(1, time.TotalMilliseconds));
        _counts[(int)Math.Min(Classes - 1, octaves * PerOctave)]++;
        if (++_sum >= Fade)
        {
            for (int i = 0; i < Classes; i++)
            {
                _counts[i] /= 2;
            }

            _sum /= 2;
        }
    }

    /// <summary>The upper end of the class in which this part of the samples ends.</summary>
    public TimeSpan Quantile(double part)
    {
        double left = part * _sum;
        int i = 0;
        while (i < Classes - 1 && (left -= _counts[i]) > 0)
        {
            i++;
        }

        return TimeSpan.FromMilliseconds(Math.Pow(2, (i + 1) / PerOctave));
    }
}

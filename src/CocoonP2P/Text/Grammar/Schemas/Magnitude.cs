using CocoonP2P.Text.Grammar.Automata;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>Decimals without a sign between two bounds: compared from the first digit on, as one compares by eye.</summary>
internal sealed class Magnitude(AutomatonBuilder build, DecimalBound low, DecimalBound? high, NumberRange range, int to)
{
    private readonly Dictionary<(int Length, Place Place), int> _nodes = [];

    public void Add(int from)
    {
        int longest = Math.Min(Numbers.Digits, high?.Whole.Length ?? Numbers.Digits);
        for (int length = low.Whole.Length; length <= longest; length++)
        {
            Whole(from, length, new Place(0, length == low.Whole.Length, length == high?.Whole.Length, 0));
        }
    }

    private void Whole(int node, int length, Place place)
    {
        if (place.Digit == length)
        {
            Behind(node, length, place with { Digit = 0 });
            return;
        }

        char least = place.Digit == 0 && length > 1 ? '1' : '0';
        foreach ((char digit, Place next) in Next(place, least, low.Whole, high?.Whole))
        {
            if (Enter(node, digit, (length, next), out int target))
            {
                Whole(target, length, next);
            }
        }
    }

    private void Behind(int node, int length, Place place)
    {
        bool aboveLow = !place.OnLow || (low is { Fraction: "", IsExclusive: false });
        bool belowHigh = !place.OnHigh || high is { IsExclusive: false } or { Fraction: not "" };
        if (aboveLow && belowHigh && place.Remainder == 0)
        {
            build.Skip(node, to);
        }

        int most = Math.Min(range.Decimals, Numbers.Digits - length);
        if (most > 0)
        {
            int point = build.Node();
            build.Byte(node, (byte)'.', point);
            Fraction(point, length, most, place);
        }
    }

    private void Fraction(int node, int length, int most, Place place)
    {
        if (place.Digit > 0 && MayEnd(place))
        {
            build.Skip(node, to);
        }

        if (place.Digit == most)
        {
            return;
        }

        foreach ((char digit, Place next) in Next(place, '0', low.Fraction, high?.Fraction))
        {
            // Places behind the point have numbers below those before it.
            if (Enter(node, digit, (-length, next), out int target))
            {
                Fraction(target, length, most, next);
            }
        }
    }

    private bool MayEnd(Place place) =>
        (!place.OnLow || (place.Digit >= low.Fraction.Length && !low.IsExclusive))
        && (!place.OnHigh || place.Digit < high!.Value.Fraction.Length || !high.Value.IsExclusive);

    // The digits that keep within the bounds, and where they lead.
    private IEnumerable<(char Digit, Place Next)> Next(Place place, char least, string lowDigits, string? highDigits)
    {
        char lowest = place.OnLow && place.Digit < lowDigits.Length ? lowDigits[place.Digit] : '0';
        char highest = !place.OnHigh ? '9' : place.Digit < highDigits!.Length ? highDigits[place.Digit] : '0';
        for (char digit = lowest > least ? lowest : least; digit <= highest; digit++)
        {
            yield return (digit, new Place(
                place.Digit + 1, place.OnLow && digit == lowest, place.OnHigh && digit == highest,
                ((place.Remainder * 10) + (digit - '0')) % range.Step));
        }
    }

    private bool Enter(int node, char digit, (int, Place) key, out int target)
    {
        bool isNew = !_nodes.TryGetValue(key, out target);
        if (isNew)
        {
            target = build.Node();
            _nodes.Add(key, target);
        }

        build.Byte(node, (byte)digit, target);
        return isNew;
    }

    /// <param name="Digit">Digits so far in this part.</param>
    /// <param name="OnLow">Whether they are those of the lower bound.</param>
    /// <param name="OnHigh">Whether they are those of the upper bound.</param>
    /// <param name="Remainder">Of all digits so far, by the step.</param>
    private readonly record struct Place(int Digit, bool OnLow, bool OnHigh, int Remainder);
}

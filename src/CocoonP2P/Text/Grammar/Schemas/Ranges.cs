using System.Text.Json;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>The keywords about numbers.</summary>
internal static class Ranges
{
    public static NumberRange Read(SchemaNode schema, bool isInteger)
    {
        DecimalBound? low = Tighter(Bound(schema, "minimum", false), Bound(schema, "exclusiveMinimum", true), 1);
        DecimalBound? high = Tighter(Bound(schema, "maximum", false), Bound(schema, "exclusiveMaximum", true), -1);
        (int step, int decimals) = Step(schema, isInteger);
        return new NumberRange(low, high, decimals, step);
    }

    private static (int Step, int Decimals) Step(SchemaNode schema, bool isInteger)
    {
        if (Number(schema, "multipleOf") is not { } step)
        {
            return (1, isInteger ? 0 : Numbers.Digits);
        }

        if (step >= 1 && step <= NumberRange.MostStep && decimal.Truncate(step) == step)
        {
            return ((int)step, 0);
        }

        // A tenth, a hundredth … is a number of decimals.
        int decimals = 0;
        for (; step is > 0 and < 1 && decimals < Numbers.Digits; decimals++)
        {
            step *= 10;
        }

        if (step != 1)
        {
            schema.Refuse("multipleOf", $"only whole numbers up to {NumberRange.MostStep} and 0.1, 0.01 … are supported");
        }

        return (1, isInteger ? 0 : decimals);
    }

    private static DecimalBound? Bound(SchemaNode schema, string keyword, bool isExclusive)
    {
        if (Number(schema, keyword) is not { } value)
        {
            return null;
        }

        DecimalBound bound = DecimalBound.Of(value, isExclusive);
        if (bound.Digits > Numbers.Digits)
        {
            schema.Refuse(keyword, $"it has more than {Numbers.Digits} digits");
        }

        return bound;
    }

    private static DecimalBound? Tighter(DecimalBound? inclusive, DecimalBound? exclusive, int sign) =>
        inclusive is { } i && exclusive is { } e ? (sign * i.Value > sign * e.Value ? i : e) : inclusive ?? exclusive;

    private static decimal? Number(SchemaNode schema, string keyword)
    {
        if (!schema.TryGet(keyword, out SchemaNode value))
        {
            return null;
        }

        if (value.Element.ValueKind != JsonValueKind.Number || !value.Element.TryGetDecimal(out decimal number))
        {
            schema.Refuse(keyword, "it is not a number within reach");
        }

        return value.Element.GetDecimal();
    }
}

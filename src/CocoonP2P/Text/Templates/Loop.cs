namespace CocoonP2P.Text.Templates;

/// <summary>{% for names in items if filter %}</summary>
internal sealed class Loop(
    IReadOnlyList<string> names, Expression items, Expression? filter, Statement body, Statement otherwise)
{
    public void Run(Run run)
    {
        IReadOnlyList<Value> all = Operators.Items(run, items(run));
        List<Value> chosen = filter is null ? [.. all] : [.. all.Where(item => Passes(run, filter, item))];
        if (chosen.Count == 0)
        {
            otherwise(run);
        }

        for (int i = 0; i < chosen.Count; i++)
        {
            run.Charge();
            Scope scope = new(run.Scope);
            Assign(scope, names, chosen[i]);
            scope.Set("loop", Describe(chosen, i));
            run.Within(scope, () =>
            {
                body(run);
                return true;
            });
        }
    }

    /// <summary>Gives a value to a name, or the items of a list to as many names.</summary>
    public static void Assign(Scope scope, IReadOnlyList<string> names, Value value)
    {
        if (names.Count == 1)
        {
            scope.Set(names[0], value);
            return;
        }

        if (value is not ListValue list || list.Items.Count != names.Count)
        {
            throw Failure.At($"{value.Kind} does not fill {names.Count} names");
        }

        for (int i = 0; i < names.Count; i++)
        {
            scope.Set(names[i], list.Items[i]);
        }
    }

    private bool Passes(Run run, Expression condition, Value item)
    {
        run.Charge();
        Scope scope = new(run.Scope);
        Assign(scope, names, item);
        return run.Within(scope, () => condition(run).IsTrue);
    }

    private static MapValue Describe(List<Value> items, int index) => new(new Dictionary<string, Value>
    {
        ["index"] = new NumberValue(index + 1),
        ["index0"] = new NumberValue(index),
        ["revindex"] = new NumberValue(items.Count - index),
        ["revindex0"] = new NumberValue(items.Count - index - 1),
        ["first"] = new BooleanValue(index == 0),
        ["last"] = new BooleanValue(index == items.Count - 1),
        ["length"] = new NumberValue(items.Count),
        ["previtem"] = index > 0 ? items[index - 1] : UndefinedValue.Instance,
        ["nextitem"] = index + 1 < items.Count ? items[index + 1] : UndefinedValue.Instance,
    });
}

/// <summary>The one kind of value that a template may change.</summary>
internal static class Namespaces
{
    /// <summary>namespace(a=1, b=2)</summary>
    public static Value Create(Run run, Arguments arguments) =>
        new MapValue(new Dictionary<string, Value>(arguments.Named), IsNamespace: true);

    /// <summary>{% set target.member = value %}</summary>
    public static void Set(Value target, string member, Value value)
    {
        if (target is not MapValue { IsNamespace: true } space)
        {
            throw Failure.At($"{member} of {target.Kind} is set");
        }

        // A namespace inside itself would never end where it is written out or compared.
        space.Members[member] = value is MapValue { IsNamespace: true } ? throw Failure.At("a namespace in a namespace") : value;
    }
}

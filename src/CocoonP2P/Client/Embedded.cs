using CocoonP2P.Options;

namespace CocoonP2P.Client;

/// <summary>What holds for a node inside another program.</summary>
internal static class Embedded
{
    /// <summary>Where <c>AddCocoon</c> begins.</summary>
    public static CocoonOptions Defaults => new() { Role = NodeRole.Client };

    /// <summary>The options as an embedded node takes them: it listens nowhere unless it was told to.</summary>
    /// <exception cref="CocoonException">Configuration: every problem in one message.</exception>
    public static CocoonOptions Check(CocoonOptions options)
    {
        List<OptionProblem> problems = [.. options.Problems()];
        if (options.Role != NodeRole.Client)
        {
            problems.Add(new OptionProblem("node.role", "this library runs no models", "set Role = NodeRole.Client; a worker is run by the program cocoon"));
        }

        return problems.Count == 0
            ? ReferenceEquals(options.Listen, NetworkOptions.DefaultListen) ? options with { Listen = [] } : options
            : throw new CocoonException(
                ErrorCode.Configuration, string.Join("; ", problems.Select(p => $"{p.Key}: {p.Text}")), string.Join("; ", problems.Select(p => p.Cure)));
    }
}

namespace CocoonP2P.Node.Commands.Help;

/// <summary>Where a command stands in the help, in the order in which a newcomer meets them.</summary>
internal enum CommandGroup
{
    /// <summary>From nothing to the first answer.</summary>
    Start,

    /// <summary>A node that runs.</summary>
    Operate,

    /// <summary>Wallet and earnings.</summary>
    Money,

    /// <summary>The store of models.</summary>
    Models,

    /// <summary>Other peers and what they proved.</summary>
    Network,

    /// <summary>Building on it, and research.</summary>
    Develop,
}

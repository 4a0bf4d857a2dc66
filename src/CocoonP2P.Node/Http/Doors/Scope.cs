namespace CocoonP2P.Node.Http.Doors;

/// <summary>How far a token reaches.</summary>
[Flags]
internal enum Scope
{
    /// <summary>Whether the node lives, and nothing else.</summary>
    None = 0,

    /// <summary>What may be looked at.</summary>
    Read = 1,

    /// <summary>What spends: prompts. It may also look at models and jobs, as every SDK does.</summary>
    Infer = 2,

    /// <summary>Both. What moves money out of the node is behind the socket alone.</summary>
    Admin = Read | Infer,
}

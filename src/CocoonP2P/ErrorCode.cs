namespace CocoonP2P;

/// <summary>The one vocabulary of failure, docs/protocol/errors.md.</summary>
public enum ErrorCode
{
    /// <summary>Anything without a code of its own.</summary>
    Failed,

    /// <summary>A bad argument.</summary>
    Usage,

    /// <summary>Out of time.</summary>
    Timeout,

    /// <summary>Every slot is taken.</summary>
    Busy,

    /// <summary>Nobody offers the model at an acceptable price.</summary>
    NoWorker,

    /// <summary>The model's tokenizer is not in the store.</summary>
    UnknownModel,

    /// <summary>The prompt does not fit the model's context, or a limit.</summary>
    TooLarge,

    /// <summary>Every worker that offers the model was refused by the policy.</summary>
    AttestationRefused,

    /// <summary>Wallet or deposit is too small.</summary>
    InsufficientFunds,

    /// <summary>No chain endpoint answers.</summary>
    ChainUnreachable,

    /// <summary>The worker died or stopped in the middle of the answer.</summary>
    WorkerLost,

    /// <summary>No node is running.</summary>
    NoNode,

    /// <summary>node.toml, a manifest or a model is wrong.</summary>
    Configuration,

    /// <summary>Stopped by the user.</summary>
    Interrupted,

    /// <summary>No token, or one that this node does not know.</summary>
    Unauthorized,

    /// <summary>The token's scope does not reach so far; or a page of another site asked.</summary>
    Forbidden,
}

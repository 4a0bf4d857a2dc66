using CocoonP2P.Sessions;

namespace CocoonP2P;

/// <summary>Why something could not be done, with its cure. The code is stable and the same in JSON, HTTP and here.</summary>
public sealed class CocoonException(ErrorCode code, string message, string hint, Verdict? verdict = null) : Exception(message)
{
    /// <summary>What callers branch on.</summary>
    public ErrorCode Code { get; } = code;

    /// <summary>What a person can do about it.</summary>
    public string Hint { get; } = hint;

    /// <summary>The verdict behind <see cref="ErrorCode.AttestationRefused"/>.</summary>
    public Verdict? Verdict { get; } = verdict;

    /// <summary>Whether the same request may succeed a little later.</summary>
    public bool IsTransient => Code is ErrorCode.Busy or ErrorCode.NoWorker or ErrorCode.Timeout or ErrorCode.ChainUnreachable or ErrorCode.WorkerLost;
}

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
}

/// <summary>The spellings and numbers of the codes.</summary>
internal static class ErrorCodes
{
    /// <summary>As JSON and HTTP spell it.</summary>
    public static string Name(this ErrorCode code) => code switch
    {
        ErrorCode.Usage => "usage",
        ErrorCode.Timeout => "timeout",
        ErrorCode.Busy => "busy",
        ErrorCode.NoWorker => "no-worker",
        ErrorCode.UnknownModel => "unknown-model",
        ErrorCode.TooLarge => "too-large",
        ErrorCode.AttestationRefused => "attestation-refused",
        ErrorCode.InsufficientFunds => "insufficient-funds",
        ErrorCode.ChainUnreachable => "chain-unreachable",
        ErrorCode.WorkerLost => "worker-lost",
        ErrorCode.NoNode => "no-node",
        ErrorCode.Configuration => "configuration",
        ErrorCode.Interrupted => "interrupted",
        _ => "failed",
    };

    /// <summary>As a process ends with it.</summary>
    public static int ExitCode(this ErrorCode code) => code switch
    {
        ErrorCode.Usage or ErrorCode.TooLarge => 2,
        ErrorCode.NoNode => 3,
        ErrorCode.AttestationRefused => 4,
        ErrorCode.InsufficientFunds => 5,
        ErrorCode.Configuration => 78,
        ErrorCode.Interrupted => 130,
        _ => 1,
    };

    /// <summary>As an HTTP status.</summary>
    public static int HttpStatus(this ErrorCode code) => code switch
    {
        ErrorCode.Usage => 400,
        ErrorCode.InsufficientFunds => 402,
        ErrorCode.UnknownModel => 404,
        ErrorCode.TooLarge => 413,
        ErrorCode.Busy => 429,
        ErrorCode.AttestationRefused or ErrorCode.WorkerLost => 502,
        ErrorCode.NoWorker or ErrorCode.ChainUnreachable => 503,
        ErrorCode.Timeout => 504,
        _ => 500,
    };

    /// <summary>The code behind a name of the wire or of HTTP.</summary>
    public static ErrorCode Parse(string? name) =>
        Enum.GetValues<ErrorCode>().FirstOrDefault(code => code.Name() == name, ErrorCode.Failed);
}

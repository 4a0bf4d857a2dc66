namespace CocoonP2P;

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
        ErrorCode.Unauthorized => "unauthorized",
        ErrorCode.Forbidden => "forbidden",
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
        ErrorCode.Unauthorized => 401,
        ErrorCode.InsufficientFunds => 402,
        ErrorCode.Forbidden => 403,
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

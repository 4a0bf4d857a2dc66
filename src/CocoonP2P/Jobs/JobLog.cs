using Microsoft.Extensions.Logging;

namespace CocoonP2P.Jobs;

/// <summary>What jobs and sessions log: ids and codes, never contents.</summary>
internal static partial class JobLog
{
    [LoggerMessage(3001, LogLevel.Information, "session_ended reason=\"{Reason}\"")]
    public static partial void SessionEnded(ILogger log, string reason);

    [LoggerMessage(3002, LogLevel.Warning, "peer_fault code={Code} detail=\"{Detail}\"")]
    public static partial void PeerFault(ILogger log, string code, string detail);

    [LoggerMessage(3003, LogLevel.Information, "job_started job={Job} prompt_tokens={PromptTokens}")]
    public static partial void JobStarted(ILogger log, string job, int promptTokens);

    [LoggerMessage(3004, LogLevel.Information, "job_finished job={Job} reason={Reason} tokens={Tokens}")]
    public static partial void JobFinished(ILogger log, string job, string reason, uint tokens);

    [LoggerMessage(3005, LogLevel.Warning, "job_stopped job={Job} code={Code}")]
    public static partial void JobStopped(ILogger log, string job, string code);

    [LoggerMessage(3006, LogLevel.Information, "session_refused error={Error} detail=\"{Detail}\"")]
    public static partial void SessionRefused(ILogger log, string error, string detail);

    [LoggerMessage(3007, LogLevel.Warning, "payment_alarm channel={Channel} code={Code}")]
    public static partial void PaymentAlarm(ILogger log, string channel, string code);

    [LoggerMessage(3008, LogLevel.Warning, "job_failed job={Job}")]
    public static partial void JobFailed(ILogger log, string job, Exception error);
}

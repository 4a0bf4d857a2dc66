using System.Globalization;

namespace CocoonP2P.Attestation;

/// <summary>
/// Quotes of this trust domain by configfs-tsm (Linux 6.7 or later). Each quote takes a report folder of its own. The
/// kernel answers EBUSY and the like while the quoting service is at work: then it is asked again.
/// </summary>
public sealed class ConfigFsTsmQuoteProvider : IQuoteProvider
{
    /// <summary>Where the kernel keeps reports.</summary>
    public const string DefaultFolder = "/sys/kernel/config/tsm/report";

    /// <summary>A quote takes some 50 ms; a service that needs this long is not running.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly TimeProvider time;
    private readonly Func<string, ITsmReport> create;
    private int made;

    /// <summary>Quotes from the kernel.</summary>
    /// <param name="time">Measures the limit and the pauses.</param>
    /// <param name="folder">Where reports are made.</param>
    public ConfigFsTsmQuoteProvider(TimeProvider time, string folder = DefaultFolder)
        : this(time, name => new ConfigFsReport(folder, name))
    {
    }

    internal ConfigFsTsmQuoteProvider(TimeProvider time, Func<string, ITsmReport> create)
    {
        this.time = time;
        this.create = create;
    }

    /// <inheritdoc/>
    public TeeKind Kind => TeeKind.Tdx;

    /// <inheritdoc/>
    public async ValueTask<TdxQuote> GetQuoteAsync(ReportData data, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        string name = string.Create(CultureInfo.InvariantCulture, $"cocoon-{Environment.ProcessId}-{Interlocked.Increment(ref made)}");
        using ITsmReport report = create(name);
        try
        {
            return await AskAsync(report, data, stop.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"No quote within {Limit.TotalSeconds:0} s: is the quoting service of the host running?");
        }
    }

    private async ValueTask<TdxQuote> AskAsync(ITsmReport report, ReportData data, CancellationToken stop)
    {
        string provider = report.ReadText("provider");
        if (provider != "tdx_guest")
        {
            throw new IOException($"The kernel's report provider is \"{provider}\", not \"tdx_guest\": this is no TDX domain.");
        }

        long before = Generation(report);
        await RetryAsync(
            () =>
            {
                report.WriteInBlob(data.Bytes);
                return true;
            },
            stop);
        RequireOneStep(report, before);
        byte[] blob = await RetryAsync(report.ReadOutBlob, stop);
        RequireOneStep(report, before);
        return TdxQuote.TryParse(blob, out TdxQuote? quote, out Reason reason) && data.Matches(quote.Body.ReportData)
            ? quote
            : throw new IOException($"The kernel's quote is not one over the data asked for. {reason.Detail}");
    }

    /// <summary>If the counter moved by more, another writer's data is in the report.</summary>
    private static void RequireOneStep(ITsmReport report, long before)
    {
        if (Generation(report) != before + 1)
        {
            throw new IOException("Something else wrote to the same report.");
        }
    }

    private static long Generation(ITsmReport report) =>
        long.TryParse(report.ReadText("generation"), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new IOException("The report has no generation.");

    private async ValueTask<T> RetryAsync<T>(Func<T> attempt, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return attempt();
            }
            catch (IOException busy) when (IsTransient(busy))
            {
                await Task.Delay(Pause, time, stop);
            }
        }
    }

    /// <summary>EINTR, EBUSY, ETIMEDOUT: the framework leaves the kernel's number in the exception.</summary>
    private static bool IsTransient(IOException exception) => exception.HResult is 4 or 16 or 110;
}

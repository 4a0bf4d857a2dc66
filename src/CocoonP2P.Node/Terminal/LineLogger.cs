using System.Globalization;

namespace CocoonP2P.Node.Terminal;

/// <summary>One line an event on stderr: time, level, category, message. An error line means that a person must act.</summary>
internal sealed class LineLoggers(LogLevel least, TimeProvider time) : ILoggerFactory
{
    private readonly Lock _gate = new();
    private readonly LogLevel _least = least;

    public ILogger CreateLogger(string categoryName) => new Line(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("one sink is enough");

    public void Dispose()
    {
        // Nothing is held: lines go out as they come.
    }

    private void Write(LogLevel level, string category, string message)
    {
        string stamp = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        string name = level switch
        {
            LogLevel.Trace => "trace",
            LogLevel.Debug => "debug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            _ => "error",
        };
        lock (_gate)
        {
            Console.Error.WriteLine($"{stamp} {name} {category} {message}");
        }
    }

    private sealed class Line(LineLoggers owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        /// <summary>Of the web server only what is wrong: a line for each request would say who asked when.</summary>
        private readonly LogLevel _least = category.StartsWith("Microsoft.", StringComparison.Ordinal) ? LogLevel.Warning : owner._least;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= _least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                owner.Write(logLevel, category, formatter(state, exception) + (exception is null ? "" : $" cause=\"{exception.GetType().Name}: {exception.Message}\""));
            }
        }
    }
}

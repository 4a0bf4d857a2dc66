using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Tests.Node.Http.Support;

/// <summary>Keeps every line, the web server's own included.</summary>
internal sealed class MemoryLog(LogLevel least) : ILoggerFactory
{
    public ConcurrentQueue<(LogLevel Level, string Line)> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Sink(this, categoryName, least);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
        // Lines stay for the test to read.
    }

    private sealed class Sink(MemoryLog owner, string category, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                owner.Lines.Enqueue((logLevel, $"{category} {formatter(state, exception)} {exception}"));
            }
        }
    }
}

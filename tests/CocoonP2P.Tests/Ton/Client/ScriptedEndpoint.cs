using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CocoonP2P.Ton;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Ton.Client;

/// <summary>An endpoint that gives prepared answers in turn, the last one for ever, under a clock that the test moves.</summary>
internal sealed class ScriptedEndpoint : HttpMessageHandler
{
    private readonly Queue<(HttpStatusCode Status, string Body)> answers = new();

    public FakeTimeProvider Time { get; } = new();

    public List<string> Requests { get; } = [];

    public List<TimeSpan> Moments { get; } = [];

    public bool Silent { get; init; }

    public ScriptedEndpoint Answers(string body, HttpStatusCode status = HttpStatusCode.OK)
    {
        answers.Enqueue((status, body));
        return this;
    }

    public TonCenterClient Client(string? apiKey = null) => new(
        new TonCenterOptions { Endpoint = new Uri("https://chain.example/api/v2"), ApiKey = apiKey }, this, Time, new Random(1));

    /// <summary>Runs the call on one pump, drained before each step of the clock, so that a run has one history.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> start)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        var pump = new Pump();
        SynchronizationContext.SetSynchronizationContext(pump);
        Task<T> call = start();
        for (pump.Drain(); !call.IsCompleted; pump.Drain())
        {
            Time.Advance(TimeSpan.FromMilliseconds(50));
        }

        SynchronizationContext.SetSynchronizationContext(before);
        return await call;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : " " + await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add(request.RequestUri + body);
        Moments.Add(Time.GetUtcNow() - Time.Start);
        if (Silent)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, Time, cancellationToken);
        }

        (HttpStatusCode status, string text) = answers.Count > 1 ? answers.Dequeue() : answers.Peek();
        return new HttpResponseMessage(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
    }

    private sealed class Pump : SynchronizationContext
    {
        private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> work = new();

        public override void Post(SendOrPostCallback d, object? state) => work.Enqueue((d, state));

        public void Drain()
        {
            while (work.TryDequeue(out (SendOrPostCallback Callback, object? State) next))
            {
                next.Callback(next.State);
            }
        }
    }
}

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

    /// <summary>Moves the clock in small steps until the call is done.</summary>
    public async Task<T> RunAsync<T>(Task<T> call)
    {
        while (!call.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

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
}

using System.Net.Http.Headers;
using System.Text.Json;

namespace CocoonP2P.Ton;

/// <summary>One call to an endpoint: its place in the bucket, its attempts, one deadline over all, a bounded answer.</summary>
internal sealed class TonCenterTransport : IDisposable
{
    /// <summary>The largest account state is about 1 MiB of cells; base64 and JSON triple that at most.</summary>
    public const int MaxAnswer = 4 * 1024 * 1024;

    private const int PublicRate = 1;
    private const int KeyedRate = 10;

    private readonly TonCenterOptions options;
    private readonly HttpClient http;
    private readonly TimeProvider time;
    private readonly Random jitter;
    private readonly TokenBucket bucket;
    private readonly CircuitBreaker breaker = new();
    private readonly long start;
    private readonly Uri root;

    public TonCenterTransport(TonCenterOptions options, HttpMessageHandler handler, TimeProvider time, Random jitter)
    {
        string[] problems = [.. options.Problems()];
        if (problems.Length > 0)
        {
            throw new ArgumentException(string.Join("; ", problems), nameof(options));
        }

        this.options = options;
        this.time = time;
        this.jitter = jitter;
        start = time.GetTimestamp();
        bucket = new TokenBucket(options.RequestsPerSecond ?? (options.ApiKey is null ? PublicRate : KeyedRate), options.Burst);
        root = new Uri(options.Endpoint.AbsoluteUri.TrimEnd('/') + "/");
        http = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Gets <paramref name="path"/>, or posts <paramref name="body"/> to it, and returns the answer's result.</summary>
    public async Task<JsonElement> CallAsync(string path, byte[]? body, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await AttemptAsync(path, body, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            breaker.Failed(Now());
            throw new TonException("deadline", isTransient: true, $"no answer within {options.Deadline}", e);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> AttemptAsync(string path, byte[]? body, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            if (breaker.IsOpen(Now()))
            {
                throw new TonException("circuit-open", isTransient: true, "the endpoint failed several times in a row");
            }

            await Task.Delay(bucket.Take(Now()), time, cancellationToken);
            try
            {
                JsonElement result = await SendAsync(path, body, cancellationToken);
                breaker.Succeeded();
                return result;
            }
            catch (TonException e) when (e.IsTransient)
            {
                breaker.Failed(Now());
                if (attempt + 1 >= options.Attempts)
                {
                    throw;
                }
            }
            catch (TonException)
            {
                // It answered, if only with a no.
                breaker.Succeeded();
                throw;
            }

            await Task.Delay(BackOff.Delay(attempt, NextJitter()), time, cancellationToken);
        }
    }

    private async Task<JsonElement> SendAsync(string path, byte[]? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(root, path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        if (options.ApiKey is { } key)
        {
            request.Headers.Add("X-API-Key", key);
        }

        try
        {
            using HttpResponseMessage response =
                await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            byte[] answer = await ReadBoundedAsync(response.Content, cancellationToken);
            return TonCenterAnswer.Result(response.StatusCode, answer);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new TonException("unavailable", isTransient: true, e.Message, e);
        }
    }

    private static async Task<byte[]> ReadBoundedAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > MaxAnswer)
        {
            throw TooLarge();
        }

        await using Stream stream = await content.ReadAsStreamAsync(cancellationToken);
        using var answer = new MemoryStream();
        byte[] chunk = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            if (answer.Length + read > MaxAnswer)
            {
                throw TooLarge();
            }

            await answer.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
        }

        return answer.ToArray();
    }

    private static TonException TooLarge() => new("answer-too-large", isTransient: false, $"more than {MaxAnswer} bytes");

    private TimeSpan Now() => time.GetElapsedTime(start);

    private double NextJitter()
    {
        lock (jitter)
        {
            return jitter.NextDouble();
        }
    }
}

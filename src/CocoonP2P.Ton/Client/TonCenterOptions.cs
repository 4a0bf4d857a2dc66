namespace CocoonP2P.Ton;

/// <summary>How to talk to one toncenter v2 endpoint.</summary>
public sealed record TonCenterOptions
{
    /// <summary>Where the API is, such as <c>https://toncenter.com/api/v2/</c>; http is for loopback.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Sent as X-API-Key; never printed.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Requests a second, on average.</summary>
    /// <value>1 without a key and 10 with one: what the public service allows.</value>
    public double? RequestsPerSecond { get; init; }

    /// <summary>How many requests may go at once after a pause.</summary>
    /// <value>5; a node asks a few things when a session starts and then little.</value>
    public int Burst { get; init; } = 5;

    /// <summary>After this a call has failed, its retries and waits included.</summary>
    /// <value>15 seconds: several blocks, and short of the shortest reaction time.</value>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a call is tried in all.</summary>
    /// <value>4; the delays between them double from half a second.</value>
    public int Attempts { get; init; } = 4;

    /// <summary>Every reason why these options cannot be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (!Endpoint.IsAbsoluteUri || Endpoint.Scheme is not ("http" or "https") || (Endpoint.Scheme == "http" && !Endpoint.IsLoopback))
        {
            yield return "endpoint must be an https address, or http on loopback";
        }

        if (RequestsPerSecond is <= 0 || Burst < 1 || Attempts < 1 || Deadline <= TimeSpan.Zero)
        {
            yield return "requests per second, burst, attempts and deadline must be above zero";
        }
    }

    /// <summary>The endpoint without its key.</summary>
    public override string ToString() => Endpoint.ToString();
}

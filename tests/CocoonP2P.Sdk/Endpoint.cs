using CocoonP2P.Node.Http.Doors;
using CocoonP2P.Tests.Node.Http.Support;

namespace CocoonP2P.Sdk;

/// <summary>One server for the tests of a class, with a token that may ask and one that may only look.</summary>
public sealed class Endpoint : IAsyncLifetime
{
    public static readonly string Token = new('i', 40);
    public static readonly string PoorToken = new('r', 40);

    /// <summary>What a prompt asks to fail with, and the status that it must fail with.</summary>
    public static readonly (string Prompt, int Status)[] Failures =
    [
        ("fail usage", 400), ("fail insufficient-funds", 402), ("fail unknown-model", 404), ("fail too-large", 413), ("fail busy", 429), ("fail failed", 500),
        ("fail attestation-refused", 502), ("fail no-worker", 503), ("fail timeout", 504),
    ];

    private TestEndpoint? _endpoint;

    public Uri Address => new(_endpoint!.Http.BaseAddress!, "/v1");

    public async ValueTask InitializeAsync() => _endpoint = await TestEndpoint.StartAsync(s => s with
    {
        Keys = KeyRing.Of([(Token, new ApiKey("infer", Scope.Infer, new KeyLimits())), (PoorToken, new ApiKey("read", Scope.Read, new KeyLimits()))]),
    });

    /// <summary>Until no answer is under way: what a client that went away must bring about.</summary>
    public Task IdleAsync() => Tests.Libp2p.Eventually.TrueAsync(() => _endpoint!.Node.Running == 0);

    public async ValueTask DisposeAsync()
    {
        Assert.DoesNotContain(_endpoint!.Log.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
        await _endpoint.DisposeAsync();
    }
}

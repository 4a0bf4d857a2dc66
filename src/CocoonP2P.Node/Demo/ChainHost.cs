using System.Net;
using CocoonP2P.Ton.LocalChain;

namespace CocoonP2P.Node.Demo;

/// <summary>The local chain's façade on loopback, over real HTTP.</summary>
internal sealed class ChainHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly LocalTon _chain;

    private ChainHost(WebApplication app, LocalTon chain, int port) => (_app, _chain, Port) = (app, chain, port);

    public int Port { get; }

    /// <summary>Where nodes find the chain.</summary>
    public string Endpoint => $"http://127.0.0.1:{Port}/api/v2/";

    public LocalTon Chain => _chain;

    /// <exception cref="CocoonException">Configuration: the TVM is absent.</exception>
    public static async Task<ChainHost> StartAsync(int port, TimeSpan blockTime, string cacheFolder, TimeProvider time, CancellationToken cancellationToken)
    {
        LocalTonOptions options = new() { BlockTime = blockTime, CacheFolder = cacheFolder };
        if (!LocalTon.IsAvailable(options, out string? reason))
        {
            throw new CocoonException(ErrorCode.Configuration, reason.Split(" hint: ")[0], "install Node 20 and npm, then build again: the build fetches it from the npm registry");
        }

        LocalTon chain = new(options, time);
        TonCenterFacade facade = new(chain);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        WebApplication app = builder.Build();
        app.Run(context => AnswerAsync(facade, context));
        await app.StartAsync(cancellationToken);
        return new ChainHost(app, chain, port);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _chain.Dispose();
    }

    private static async Task AnswerAsync(TonCenterFacade facade, HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Dictionary<string, string> query = context.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString());
        FacadeAnswer answer = facade.Handle(context.Request.Method, context.Request.Path, query, body.ToArray());
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(answer.Json, context.RequestAborted);
    }
}

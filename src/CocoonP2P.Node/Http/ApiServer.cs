using System.Net;
using CocoonP2P.Hosting;
using CocoonP2P.Node.Http.Doors;
using CocoonP2P.Node.Http.Responses;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CocoonP2P.Node.Http;

/// <summary>
/// The node's two doors: the OpenAI-compatible endpoint, and the commands' Unix socket. What moves money is behind the
/// socket alone.
/// </summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiServer(WebApplication app) => _app = app;

    /// <summary>Where the endpoint listens, once a port was chosen for a 0.</summary>
    public Uri Endpoint => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
        .First(address => address.StartsWith("http://", StringComparison.Ordinal) && !address.Contains("unix:", StringComparison.Ordinal)));

    /// <summary>Starts to listen.</summary>
    /// <param name="node">Who answers.</param>
    /// <param name="settings">Where, and whom it lets in.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="time">Dates answers and budgets.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ApiServer> StartAsync(
        INode node, ApiSettings settings, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(loggers);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            KestrelLimits.Set(kestrel, settings.Patience);
            if (settings.OpenAi is IPEndPoint openAi)
            {
                kestrel.Listen(openAi);
            }

            // A socket file that a killed node left behind would refuse the next one.
            File.Delete(settings.Socket);
            kestrel.ListenUnixSocket(settings.Socket);
        });
        WebApplication app = builder.Build();
        Map(app, node, settings, loggers.CreateLogger("CocoonP2P.Http"), time);
        await app.StartAsync(cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(settings.Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return new ApiServer(app);
    }

    public static async Task WriteAsync(HttpContext context, byte[] json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        await Patience.WaitAsync(context, context.Response.BodyWriter.WriteAsync(json, context.RequestAborted));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Map(WebApplication app, INode node, ApiSettings settings, ILogger log, TimeProvider time)
    {
        app.Use(new FailureAnswers(node, new Patience(2 * settings.Patience, time), log).InvokeAsync);
        app.Use(new Gate(settings.Keys, new Origins(settings.Cors), settings.Hosts).InvokeAsync);
        PromptEndpoints prompts = new(node, new SpendingBook(new SpendingFile(settings.SpendingFile), time), settings, time);
        ReadEndpoints read = new(node, settings);
        ControlEndpoints control = new(node);
        app.MapPost("/v1/chat/completions", prompts.ChatAsync);
        app.MapPost("/v1/completions", prompts.CompletionAsync);
        app.MapPost("/v1/embeddings", prompts.EmbeddingAsync);
        app.MapGet("/v1/models", read.ModelsAsync);
        app.MapGet("/v1/models/{id}", read.ModelAsync);
        app.MapGet("/v1/jobs/{id}", read.JobAsync);
        app.MapGet("/status.json", read.StatusAsync);
        app.MapGet("/events", read.EventsAsync);
        app.MapGet("/health/live", ReadEndpoints.LiveAsync);
        app.MapGet("/health/ready", read.ReadyAsync);
        app.MapPost("/control/close-all", control.CloseAllAsync);
        app.MapGet("/control/receipts/{id}", control.ReceiptAsync);
        PeerEndpoints peers = new(node);
        app.MapGet("/control/peers", peers.ListAsync);
        app.MapGet("/control/peers/{id}", peers.ShowAsync);
        app.MapGet("/control/peers/{id}/why-not", peers.WhyNotAsync);
        app.MapFallback(context => Refusal.NotFound("no such route", "docs/protocol/http.md lists them").WriteAsync(context));
    }
}

using System.Globalization;
using System.Net;
using System.Text.Json;
using CocoonP2P.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CocoonP2P.Node.Http;

/// <summary>
/// The node's two doors: the OpenAI-compatible endpoint on loopback, and the commands' Unix socket. What moves money is
/// behind the socket alone.
/// </summary>
internal sealed class ApiServer : IAsyncDisposable
{
    /// <summary>A context of 32,768 tokens as JSON text, eight times over.</summary>
    private const long MaxBodyBytes = 4 * 1024 * 1024;

    private readonly WebApplication _app;

    private ApiServer(WebApplication app) => _app = app;

    /// <summary>Starts to listen.</summary>
    /// <param name="node">Who answers.</param>
    /// <param name="openAi">Where the endpoint listens; null turns it off.</param>
    /// <param name="socket">Path of the commands' socket.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ApiServer> StartAsync(
        INode node, IPEndPoint? openAi, string socket, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(loggers);
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, openAi, socket));
        WebApplication app = builder.Build();
        app.Use(GuardAsync);
        ChatEndpoint chat = new(node, TimeProvider.System);
        ReadEndpoints read = new(node);
        ControlEndpoints control = new(node);
        app.MapPost("/v1/chat/completions", chat.HandleAsync);
        app.MapGet("/v1/models", read.ModelsAsync);
        app.MapGet("/v1/jobs/{id}", read.JobAsync);
        app.MapGet("/status.json", read.StatusAsync);
        app.MapGet("/events", read.EventsAsync);
        app.MapGet("/health/live", ReadEndpoints.LiveAsync);
        app.MapPost("/control/close-all", control.CloseAllAsync);
        app.MapGet("/control/receipts/{id}", control.ReceiptAsync);
        app.MapFallback(context => FailAsync(context, new CocoonException(
            ErrorCode.Usage, $"no route {context.Request.Path}", "see docs/protocol/http.md for the routes"), StatusCodes.Status404NotFound));
        await app.StartAsync(cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return new ApiServer(app);
    }

    public static async Task FailAsync(HttpContext context, CocoonException failure, int? status = null)
    {
        context.Response.StatusCode = status ?? failure.Code.HttpStatus();
        if (failure.IsTransient)
        {
            context.Response.Headers.RetryAfter = 2.ToString(CultureInfo.InvariantCulture);
        }

        await WriteAsync(context, OpenAiJson.Error(failure.Code, failure.Message, failure.Hint));
    }

    public static async Task WriteAsync(HttpContext context, byte[] json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, IPEndPoint? openAi, string socket)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        if (openAi is not null)
        {
            kestrel.Listen(openAi);
        }

        // A socket file that a killed node left behind would refuse the next one.
        File.Delete(socket);
        kestrel.ListenUnixSocket(socket);
    }

    /// <summary>Turns failures into answers; keeps browsers of other sites, and the money routes, out of the endpoint.</summary>
    private static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        bool fromSocket = context.Connection.LocalIpAddress is null;
        try
        {
            if (!fromSocket && !IsOwnHost(context.Request.Host.Host))
            {
                throw new CocoonException(ErrorCode.Usage, $"host {context.Request.Host.Host} is not this node", "use the address that the node listens on");
            }

            if (!fromSocket && context.Request.Path.StartsWithSegments("/control", StringComparison.Ordinal))
            {
                throw new CocoonException(ErrorCode.Usage, "money does not move over HTTP", "use the cocoon command on the node's machine");
            }

            await next(context);
        }
        catch (CocoonException failure) when (!context.Response.HasStarted)
        {
            await FailAsync(context, failure);
        }
        catch (Exception e) when (e is JsonException or Microsoft.AspNetCore.Http.BadHttpRequestException && !context.Response.HasStarted)
        {
            bool tooLarge = e is Microsoft.AspNetCore.Http.BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge };
            await FailAsync(context, tooLarge
                ? new CocoonException(ErrorCode.TooLarge, "the body is too large", $"send at most {MaxBodyBytes} bytes")
                : new CocoonException(ErrorCode.Usage, "the body is not JSON", "send a JSON object"));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away, and its job was cancelled with it.
        }
    }

    private static bool IsOwnHost(string host) => host is "localhost" || IPAddress.TryParse(host, out _);
}

using CocoonP2P;
using CocoonP2P.Attestation.Simulated;
using Microsoft.Extensions.AI;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);

// A local network protects nothing; on another one the line with Trust goes, and so does the package that it comes from.
builder.Services.AddCocoon(o => o with
{
    Network = "local",
    Manifest = builder.Configuration["Cocoon:Manifest"] ?? "",
    DataDir = builder.Configuration["Cocoon:DataDir"] ?? "",
    Trust = SimulatedTee.Trust,
});
builder.Services.AddCocoonChatClient("cocoon-tiny", "stories");

WebApplication app = builder.Build();
app.MapGet("/wallet", (HttpContext context, CocoonNode node) => context.Response.WriteAsync(node.Wallet));
app.MapPost("/story", async (HttpContext context, [FromKeyedServices("stories")] IChatClient chat) =>
{
    using StreamReader body = new(context.Request.Body);
    string about = await body.ReadToEndAsync(context.RequestAborted);
    await foreach (ChatResponseUpdate update in chat.GetStreamingResponseAsync($"Tell me a story about {about}.", cancellationToken: context.RequestAborted))
    {
        await context.Response.WriteAsync(update.Text, context.RequestAborted);
    }
});
app.Run();

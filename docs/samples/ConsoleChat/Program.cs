using CocoonP2P;
using CocoonP2P.Attestation.Simulated;
using Microsoft.Extensions.AI;

CocoonOptions options = new() { Network = "local", Manifest = args[0], DataDir = args[1], Role = NodeRole.Client, Trust = SimulatedTee.Trust };
await using CocoonNode node = await CocoonNode.StartAsync(options);
Console.Error.WriteLine($"wallet {node.Wallet}");
using IChatClient chat = node.CreateChatClient("cocoon-tiny");
while (Console.ReadLine() is { Length: > 0 } line)
{
    await foreach (ChatResponseUpdate update in chat.GetStreamingResponseAsync(line, new ChatOptions { MaxOutputTokens = 60 }))
    {
        Console.Write(update.Text);
        Console.Error.Write(update.AdditionalProperties?.TryGetValue("cocoon.verdict", out object? verdict) is true ? $"verdict {verdict}\n" : "");
    }
}

namespace CocoonP2P.Node.Demo;

/// <summary>What the demo asks, of which model, and how it shows it.</summary>
internal sealed record DemoOptions(
    string Prompt, string? ModelFolder, string? System, int MaxTokens, long? Seed, double Temperature, bool Keep, bool Json);

namespace CocoonP2P.Sdk;

/// <summary>What the scripted node knows about.</summary>
public sealed record Person(string Name, int Age)
{
    public const string Schema =
        """{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer"}},"required":["name","age"],"additionalProperties":false}""";

    public static readonly Person Ada = new("Ada", 36);
}

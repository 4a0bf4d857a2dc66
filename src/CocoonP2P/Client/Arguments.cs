namespace CocoonP2P.Client;

/// <summary>A request that cannot be is an argument's fault, as everywhere in .NET; the code stays within.</summary>
internal static class Arguments
{
    public static bool IsAtFault(CocoonException e) => e.Code is ErrorCode.Usage or ErrorCode.TooLarge;

    public static ArgumentException Of(CocoonException e) => new($"{e.Message}: {e.Hint}", e);
}

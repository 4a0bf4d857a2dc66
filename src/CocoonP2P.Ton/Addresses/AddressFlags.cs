namespace CocoonP2P.Ton;

/// <summary>What the friendly form of an address says about its use.</summary>
[Flags]
public enum AddressFlags
{
    /// <summary>The raw form, or a wallet's address on the main network.</summary>
    None = 0,

    /// <summary>Money that the account refuses should come back.</summary>
    Bounceable = 1,

    /// <summary>Not for the main network.</summary>
    TestOnly = 2,
}

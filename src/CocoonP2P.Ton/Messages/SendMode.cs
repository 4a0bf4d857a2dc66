namespace CocoonP2P.Ton;

/// <summary>How a contract sends a message: one of three sources of value, and flags.</summary>
[Flags]
public enum SendMode
{
    /// <summary>The value as written; fees come out of it.</summary>
    Ordinary = 0,

    /// <summary>Fees come from the sender's balance.</summary>
    PayFeesSeparately = 1,

    /// <summary>A message that cannot be sent is dropped, and the transaction stands.</summary>
    IgnoreErrors = 2,

    /// <summary>A failure of the action phase returns the incoming message's value.</summary>
    BounceOnActionFail = 16,

    /// <summary>The sender is deleted when nothing is left; only with <see cref="CarryAllBalance"/>.</summary>
    DestroyIfZero = 32,

    /// <summary>Adds what is left of the incoming message's value.</summary>
    CarryRemainingValue = 64,

    /// <summary>All that the account has.</summary>
    CarryAllBalance = 128,
}

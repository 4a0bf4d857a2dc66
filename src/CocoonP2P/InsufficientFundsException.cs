using CocoonP2P.Protocol;

namespace CocoonP2P;

/// <summary>Wallet, deposit or limit is too small for the order.</summary>
/// <param name="message">What is too small.</param>
/// <param name="hint">What a person can do about it.</param>
/// <param name="needed">What the order asks for.</param>
/// <param name="available">What there is.</param>
/// <param name="address">This node's wallet, user-friendly form: where money goes to cure it.</param>
public sealed class InsufficientFundsException(string message, string hint, NanoTon needed, NanoTon available, string address)
    : CocoonException(ErrorCode.InsufficientFunds, message, hint)
{
    /// <summary>What the order asks for.</summary>
    public NanoTon Needed { get; } = needed;

    /// <summary>What there is.</summary>
    public NanoTon Available { get; } = available;

    /// <summary>This node's wallet, user-friendly form: where money goes to cure it.</summary>
    public string Address { get; } = address;
}

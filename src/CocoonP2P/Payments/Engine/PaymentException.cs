namespace CocoonP2P.Payments;

/// <summary>A lock, a payment or a delivery that cannot be.</summary>
internal sealed class PaymentException(string code) : Exception($"payment refused: {code}")
{
    /// <summary>One of <see cref="PaymentCode"/>.</summary>
    public string Code { get; } = code;
}

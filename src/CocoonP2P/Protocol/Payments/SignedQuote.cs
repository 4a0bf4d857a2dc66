using System.Security.Cryptography;
using CocoonP2P.Payments;
using CocoonP2P.Ton;

namespace CocoonP2P.Protocol;

/// <summary>A quote and its worker's signature over <see cref="QuoteSigningBytes"/>.</summary>
internal sealed record SignedQuote(Quote Quote, Signature Signature)
{
    /// <summary>SHA-256 of the signed bytes: how a job's terms name the quote.</summary>
    public Bits256 Hash => new(SHA256.HashData(QuoteSigningBytes.Of(Quote)));

    /// <summary>Signs a quote with the worker's channel key.</summary>
    public static SignedQuote Sign(Quote quote, KeyPair key)
    {
        Invariant.Holds(key.PublicKey == quote.WorkerKey, "a quote is signed by the key that it names");
        return new SignedQuote(quote, Signature.From(key.Sign(QuoteSigningBytes.Of(quote))));
    }

    /// <summary>Whether the quote is sound and its own key signed it.</summary>
    public bool IsGenuine() => Quote.IsSound && SignatureCheck.Holds(Quote.WorkerKey, QuoteSigningBytes.Of(Quote), Signature);
}

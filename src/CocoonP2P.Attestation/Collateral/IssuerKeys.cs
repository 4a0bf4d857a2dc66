using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Attestation;

/// <summary>
/// Imported keys of platform CAs and collateral signers. There are a handful in the world, and importing a key costs two
/// signature checks; that a key is a point of the curve does not change.
/// </summary>
internal static class IssuerKeys
{
    private const int Kept = 64;

    private static readonly BoundedCache<P256Key> Imported = new(Kept);

    /// <summary>The key of a certificate whose signature was checked: strangers cannot fill this.</summary>
    public static bool TryImport(Certificate certificate, [NotNullWhen(true)] out P256Key? key)
    {
        BoundedCache<P256Key>.Key id = BoundedCache<P256Key>.Key.Of(certificate.PublicKey);
        if (Imported.TryGet(id, out key))
        {
            return true;
        }

        if (!P256Key.TryImport(certificate.PublicKey, out key))
        {
            return false;
        }

        Imported.Add(id, key);
        return true;
    }
}

namespace CocoonP2P.Attestation;

/// <summary>Collateral from files: for machines without a way out, and for keeping what a service said.</summary>
/// <param name="folder">Holds a folder for each platform family, by its FMSPC in lower-case hexadecimal.</param>
public sealed class DirectoryCollateralSource(string folder) : ICollateralSource
{
    /// <inheritdoc/>
    public async ValueTask<CollateralBundle?> GetAsync(CollateralRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        string family = Path.Combine(folder, request.Fmspc);
        return Directory.Exists(family) ? await ReadAsync(family, cancellationToken) : null;
    }

    /// <summary>Reads the six files of one family; a file that is missing is an empty part, and so missing collateral.</summary>
    /// <param name="family">The folder: tcbinfo.json, qe_identity.json, tcb_signing_chain.pem, pck_crl.der,
    /// pck_crl_issuer_chain.pem, root_ca_crl.der.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask<CollateralBundle> ReadAsync(string family, CancellationToken cancellationToken) => new()
    {
        TcbInfo = await ReadFileAsync(family, "tcbinfo.json", SignedJson.MaxBytes, cancellationToken),
        QeIdentity = await ReadFileAsync(family, "qe_identity.json", SignedJson.MaxBytes, cancellationToken),
        TcbSigningChain = await ReadFileAsync(family, "tcb_signing_chain.pem", PemChain.MaxBytes, cancellationToken),
        PckCrl = await ReadFileAsync(family, "pck_crl.der", RevocationList.MaxBytes, cancellationToken),
        PckCrlIssuerChain = await ReadFileAsync(family, "pck_crl_issuer_chain.pem", PemChain.MaxBytes, cancellationToken),
        RootCaCrl = await ReadFileAsync(family, "root_ca_crl.der", RevocationList.MaxBytes, cancellationToken),
    };

    private static async ValueTask<byte[]> ReadFileAsync(string family, string name, int limit, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(family, name));
        return file.Exists && file.Length <= limit ? await File.ReadAllBytesAsync(file.FullName, cancellationToken) : [];
    }
}

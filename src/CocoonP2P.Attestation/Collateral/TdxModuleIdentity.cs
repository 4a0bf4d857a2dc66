using System.Text.Json;

namespace CocoonP2P.Attestation;

/// <summary>A TDX module that TCB Info names: who signed it, its attributes, its levels.</summary>
internal sealed record TdxModuleIdentity(byte[] MrSigner, byte[] Attributes, byte[] AttributesMask, IsvLevel[] Levels)
{
    /// <summary>Reads signer and attributes; the unnumbered module has no levels of its own.</summary>
    public static bool TryParse(JsonElement value, bool hasLevels, out TdxModuleIdentity identity, out ReasonCode code)
    {
        IsvLevel[] levels = [];
        code = ReasonCode.TcbInfoProfile;
        bool read = value.TryHex("mrsigner", 48, out byte[] signer)
            & value.TryHex("attributes", 8, out byte[] attributes)
            & value.TryHex("attributesMask", 8, out byte[] mask)
            && (!hasLevels || TcbLevelReader.TryReadIsv(value, TcbStatuses.Module, refuseUnknown: false, out levels, out code));
        identity = new TdxModuleIdentity(signer, attributes, mask, levels);
        return read;
    }

    /// <summary>Same signer, and attributes that are all zero as well as those named.</summary>
    public bool Matches(TdReportBody body)
    {
        ReadOnlySpan<byte> attributes = body.SeamAttributes;
        bool masked = true;
        for (int i = 0; i < attributes.Length; i++)
        {
            masked &= (attributes[i] & AttributesMask[i]) == Attributes[i];
        }

        return masked && attributes.IndexOfAnyExcept((byte)0) < 0 && body.MrSignerSeam.SequenceEqual(MrSigner);
    }
}

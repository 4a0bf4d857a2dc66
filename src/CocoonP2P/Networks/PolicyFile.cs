using CocoonP2P.Attestation;

namespace CocoonP2P.Networks;

/// <summary>An operator's own appraisal policy.</summary>
internal static class PolicyFile
{
    /// <exception cref="CocoonException">Configuration, with what is wrong.</exception>
    public static AppraisalPolicy Load(string path)
    {
        byte[] json;
        try
        {
            json = File.ReadAllBytes(path);
        }
        catch (IOException e)
        {
            throw new CocoonException(ErrorCode.Configuration, $"attestation.policy: {e.Message}", "give the path of a JSON policy, or \"\" for the network's own");
        }

        return AppraisalPolicy.TryLoad(json, out AppraisalPolicy? policy, out Reason reason)
            ? policy
            : throw new CocoonException(ErrorCode.Configuration, $"{path}: {reason.Code}: {reason.Detail}", "docs/protocol/attestation.md has the rules of a policy");
    }
}

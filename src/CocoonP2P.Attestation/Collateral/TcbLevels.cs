namespace CocoonP2P.Attestation;

/// <summary>One line of a table of security versions: what it takes to be on it, and what that is worth.</summary>
internal sealed record TcbLevel(
    byte[] SgxComponents, ushort PceSvn, byte[] TdxComponents, TcbStatus Status, DateTimeOffset Date, string[] Advisories)
    : IComparable<TcbLevel>
{
    /// <summary>By SGX components, then PCE, then TDX components: the order in which levels are tried, reversed.</summary>
    public int CompareTo(TcbLevel? other)
    {
        if (other is null)
        {
            return 1;
        }

        int order = SgxComponents.AsSpan().SequenceCompareTo(other.SgxComponents);
        order = order != 0 ? order : PceSvn.CompareTo(other.PceSvn);
        return order != 0 ? order : TdxComponents.AsSpan().SequenceCompareTo(other.TdxComponents);
    }
}

/// <summary>A level of an enclave or of a TDX module: one version number.</summary>
internal sealed record IsvLevel(ushort IsvSvn, TcbStatus Status, DateTimeOffset Date, string[] Advisories);

namespace CocoonP2P.Attestation;

/// <summary>One report folder of configfs-tsm (Linux, Documentation/ABI/testing/configfs-tsm). Disposing removes it.</summary>
internal interface ITsmReport : IDisposable
{
    /// <summary>A small attribute, without its line end.</summary>
    string ReadText(string name);

    /// <summary>Sets what the quote is to be made for.</summary>
    void WriteInBlob(ReadOnlySpan<byte> data);

    /// <summary>The quote.</summary>
    byte[] ReadOutBlob();
}

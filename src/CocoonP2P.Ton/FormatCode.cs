namespace CocoonP2P.Ton;

/// <summary>Every reason to refuse input; docs/protocol/ton.md explains each.</summary>
internal static class FormatCode
{
    public const string Underflow = "cell-underflow";
    public const string Overflow = "cell-overflow";
    public const string Trailing = "cell-trailing";
    public const string Range = "value-range";
    public const string Depth = "cell-depth";
    public const string Exotic = "cell-exotic";
    public const string Address = "address";
    public const string AddressChecksum = "address-checksum";
    public const string Coins = "coins";
    public const string Hex = "hex";
    public const string Base64 = "base64";
    public const string BocMagic = "boc-magic";
    public const string BocHeader = "boc-header";
    public const string BocLength = "boc-length";
    public const string BocChecksum = "boc-checksum";
    public const string BocLimit = "boc-limit";
    public const string BocIndex = "boc-index";
    public const string BocCell = "boc-cell";
    public const string BocOrder = "boc-order";
    public const string BocRoots = "boc-roots";
    public const string BocOrphan = "boc-orphan";
    public const string DictionaryLabel = "dictionary-label";
    public const string DictionaryNode = "dictionary-node";
    public const string DictionaryLimit = "dictionary-limit";
    public const string Mnemonic = "mnemonic";
    public const string Stack = "stack-limit";
}

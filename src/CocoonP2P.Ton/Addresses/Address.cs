using System.Globalization;

namespace CocoonP2P.Ton;

/// <summary>Where an account lives: its workchain and the hash of its first code and data (<c>addr_std</c>).</summary>
/// <param name="Workchain">−1 the masterchain, 0 the chain of users; −128 to 127 can be written in a cell.</param>
/// <param name="Hash">The hash of the account's state init.</param>
public readonly partial record struct Address(int Workchain, Bits256 Hash)
{
    /// <summary>The bits of <c>addr_std</c> without anycast: tag, flag, workchain, hash.</summary>
    internal const int StoredBits = 2 + 1 + 8 + 256;

    /// <summary>Reads the raw form <c>0:hex</c> or the friendly form of 48 base64 characters, either alphabet.</summary>
    public static bool TryParse(string? text, out Address address) => TryParse(text, out address, out _);

    /// <summary>Reads an address and what a friendly form says about its use; the raw form says nothing.</summary>
    public static bool TryParse(string? text, out Address address, out AddressFlags flags)
    {
        flags = AddressFlags.None;
        address = default;
        if (text is { Length: Friendly.TextLength })
        {
            return Friendly.TryParse(text, out address, out flags, out _);
        }

        return TryParseRaw(text, out address);
    }

    /// <summary>Reads either form, or throws <see cref="TonFormatException"/> with <c>address</c> or
    /// <c>address-checksum</c>.</summary>
    public static Address Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string code = FormatCode.Address;
        bool read = text.Length == Friendly.TextLength
            ? Friendly.TryParse(text, out Address address, out _, out code)
            : TryParseRaw(text, out address);
        return read ? address : throw new TonFormatException(code);
    }

    /// <summary>The friendly form for a contract on the main network.</summary>
    public override string ToString() => ToString(bounceable: true, testOnly: false);

    /// <summary>The friendly form, in the base64 alphabet that is safe in URLs.</summary>
    /// <param name="bounceable">True for contracts, so that money they refuse comes back; false for wallets.</param>
    /// <param name="testOnly">Whether software of the main network should refuse it.</param>
    public string ToString(bool bounceable, bool testOnly) => Friendly.Format(this, bounceable, testOnly);

    /// <summary>The raw form: workchain, colon, 64 hexadecimal digits.</summary>
    public string ToRawString() => string.Create(CultureInfo.InvariantCulture, $"{Workchain}:{Hash}");

    private static bool TryParseRaw(string? text, out Address address)
    {
        address = default;
        int colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon is < 1 or > 4
            || !sbyte.TryParse(text.AsSpan(0, colon), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out sbyte workchain)
            || !Bits256.TryParse(text![(colon + 1)..], out Bits256 hash))
        {
            return false;
        }

        address = new Address(workchain, hash);
        return true;
    }
}

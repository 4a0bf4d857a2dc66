using System.Security.Cryptography;
using System.Text;

namespace CocoonP2P.Attestation.Simulated;

/// <summary>A trust domain that does not exist: its image, by name, and the layout of its quotes.</summary>
public sealed class SimulatedTd
{
    /// <summary>A trust domain running the image of this name; the name decides all its measurements.</summary>
    public SimulatedTd(string image)
    {
        ArgumentException.ThrowIfNullOrEmpty(image);
        Image = image;
        MrTd = Measure("mrtd");
        Rtmrs = [Measure("rtmr0"), Measure("rtmr1"), Measure("rtmr2"), Measure("rtmr3")];
    }

    /// <summary>The image's name.</summary>
    public string Image { get; }

    /// <summary>SHA-384 of the name, 48 bytes.</summary>
    public byte[] MrTd { get; }

    /// <summary>Four registers of 48 bytes.</summary>
    public IReadOnlyList<byte[]> Rtmrs { get; }

    /// <summary>The layout of its quotes.</summary>
    /// <value>The widest that a Linux guest meets today, by default.</value>
    public SimulatedQuoteFormat Format { get; init; } = SimulatedQuoteFormat.Version5Td15;

    /// <summary>What a policy says to accept this image.</summary>
    public ReferenceValue ReferenceValue => new(Image, MrTd, Rtmrs);

    private byte[] Measure(string register) => SHA384.HashData(Encoding.UTF8.GetBytes($"{Image}/{register}"));
}

/// <summary>The layouts that quoting enclaves write.</summary>
public enum SimulatedQuoteFormat
{
    /// <summary>Version 4: TDX 1.0.</summary>
    Version4,

    /// <summary>Version 5 with a TDX 1.0 body.</summary>
    Version5Td10,

    /// <summary>Version 5 with a TDX 1.5 body.</summary>
    Version5Td15,

    /// <summary>Version 5 with the extended TDX 1.5 body.</summary>
    Version5Td15Ex,
}

using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton;

/// <summary>The code and data an account starts with; their hash is its address (<c>StateInit</c> of block.tlb). The
/// fields of special and split contracts are never written, and refused where they are read.</summary>
/// <param name="Code">The program.</param>
/// <param name="Data">The first content of its storage.</param>
public sealed record StateInit(Cell Code, Cell Data)
{
    /// <summary>Bits outside the references: no depth, not special, code, data, no library.</summary>
    internal const int Bits = 5;

    /// <summary>The address in a workchain.</summary>
    public Address AddressIn(int workchain) => new(workchain, ToCell().Hash);

    /// <summary>The cell whose hash is the address.</summary>
    public Cell ToCell() => Store(new CellBuilder()).EndCell();

    /// <summary>Reads a cell that holds nothing else.</summary>
    public static bool TryParse(Cell cell, [NotNullWhen(true)] out StateInit? value)
    {
        ArgumentNullException.ThrowIfNull(cell);
        CellSlice slice = cell.BeginParse();
        return TryLoad(slice, out value) && slice.IsEmpty && !cell.IsExotic;
    }

    internal static bool TryLoad(CellSlice slice, [NotNullWhen(true)] out StateInit? value)
    {
        bool read = slice.TryLoadUint(2, out ulong depthAndSpecial)
            & slice.TryLoadMaybeRef(out Cell? code)
            & slice.TryLoadMaybeRef(out Cell? data)
            & slice.TryLoadBit(out bool library);
        value = read && depthAndSpecial == 0 && !library && code is not null && data is not null ? new StateInit(code, data) : null;
        return value is not null;
    }

    internal CellBuilder Store(CellBuilder target) =>
        target.StoreUint(0UL, 2).StoreMaybeRef(Code).StoreMaybeRef(Data).StoreBit(false);
}

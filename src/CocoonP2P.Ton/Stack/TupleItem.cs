using System.Numerics;

namespace CocoonP2P.Ton;

/// <summary>A value on the stack of the TVM: what get-methods take and give.</summary>
public abstract record TupleItem
{
    private TupleItem()
    {
    }

    /// <summary>Nothing.</summary>
    public sealed record Null : TupleItem;

    /// <summary>A signed number of 257 bits.</summary>
    /// <param name="Value">From −2²⁵⁶ to 2²⁵⁶ − 1.</param>
    public sealed record Int(BigInteger Value) : TupleItem;

    /// <summary>The result of an overflow in quiet mode.</summary>
    public sealed record NaN : TupleItem;

    /// <summary>A cell.</summary>
    /// <param name="Cell">The cell.</param>
    public sealed record CellValue(Cell Cell) : TupleItem;

    /// <summary>A part of a cell, as a cell of its own.</summary>
    /// <param name="Cell">What the slice shows.</param>
    public sealed record Slice(Cell Cell) : TupleItem;

    /// <summary>A cell under construction, as if it were finished.</summary>
    /// <param name="Cell">What the builder holds.</param>
    public sealed record Builder(Cell Cell) : TupleItem;

    /// <summary>Up to 255 values.</summary>
    /// <param name="Items">The values, first to last.</param>
    public sealed record Tuple(IReadOnlyList<TupleItem> Items) : TupleItem
    {
        /// <inheritdoc/>
        public bool Equals(Tuple? other) => other is not null && Items.SequenceEqual(other.Items);

        /// <inheritdoc/>
        public override int GetHashCode() => Items.Count;
    }
}

using CsCheck;

namespace CocoonP2P.Tests.Text;

/// <summary>Draws from a list.</summary>
internal static class Pick
{
    public static Gen<T> From<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}

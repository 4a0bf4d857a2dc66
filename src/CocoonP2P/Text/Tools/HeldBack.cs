namespace CocoonP2P.Text.Tools;

/// <summary>How much of a text's end may be the beginning of a mark.</summary>
internal static class HeldBack
{
    public static int Length(string text, string mark)
    {
        for (int length = Math.Min(text.Length, mark.Length - 1); length > 0; length--)
        {
            if (text.AsSpan(text.Length - length).SequenceEqual(mark.AsSpan(0, length)))
            {
                return length;
            }
        }

        return 0;
    }
}

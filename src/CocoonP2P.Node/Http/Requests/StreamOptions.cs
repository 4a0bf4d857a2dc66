namespace CocoonP2P.Node.Http.Requests;

/// <summary>stream_options.</summary>
internal static class StreamOptions
{
    /// <summary>Whether a last chunk with the usage is wanted.</summary>
    public static bool IncludesUsage(Field field)
    {
        bool usage = false;
        foreach (Member member in field.Members())
        {
            switch (member.Name)
            {
                case "include_usage": usage = member.Field.Flag(); break;
                // Padding against traffic analysis: tokens go through an encrypted session of fixed records anyway.
                case "include_obfuscation" when !member.Field.Flag(): break;
                default: throw member.Unknown();
            }
        }

        return usage;
    }
}

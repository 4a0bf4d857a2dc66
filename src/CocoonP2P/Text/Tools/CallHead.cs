using System.Text.RegularExpressions;

namespace CocoonP2P.Text.Tools;

/// <summary>The beginning of a call: {"name": "…", "arguments": and the brace of the arguments ahead.</summary>
internal static partial class CallHead
{
    internal enum Outcome
    {
        /// <summary>Not decided yet.</summary>
        Open,

        /// <summary>The arguments follow.</summary>
        Found,

        /// <summary>Something else.</summary>
        Other,
    }

    /// <summary>Reads as far as there is.</summary>
    /// <param name="text">All since the mark.</param>
    /// <param name="name">Of the tool.</param>
    /// <param name="length">Characters before the arguments.</param>
    public static Outcome Read(string text, out string name, out int length)
    {
        Match found = Whole().Match(text);
        (name, length) = found.Success ? (found.Groups[1].Value, found.Length) : ("", 0);
        return found.Success ? Outcome.Found : Begun().IsMatch(text) ? Outcome.Open : Outcome.Other;
    }

    [GeneratedRegex("""^\s*\{\s*"name"\s*:\s*"([A-Za-z0-9_-]{1,64})"\s*,\s*"arguments"\s*:\s*(?=\{)""", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    /// <summary>The same, ended anywhere.</summary>
    [GeneratedRegex(
        """^\s*(\{\s*("(n(a(m(e("\s*(:\s*("[A-Za-z0-9_-]{0,64}("\s*(,\s*("(a(r(g(u(m(e(n(t(s("\s*(:\s*)?)?)?)?)?)?)?)?)?)?)?)?)?)?)?)?)?)?)?)?)?)?)?$""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Begun();
}

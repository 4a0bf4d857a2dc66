namespace CocoonP2P.Node.Terminal;

/// <summary>How a command fails: cause and cure on stderr, or one JSON object, and the code's exit status.</summary>
internal static class Failure
{
    public static int Print(CocoonException failure, bool json) => Print([(failure.Code, failure.Message, failure.Hint)], json);

    public static int Print(IReadOnlyList<(ErrorCode Code, string Message, string Hint)> failures, bool json)
    {
        foreach ((ErrorCode code, string message, string hint) in failures)
        {
            if (json)
            {
                Console.Error.WriteLine(System.Text.Encoding.UTF8.GetString(Http.OpenAiJson.Write(w =>
                {
                    w.WriteString("code", code.Name());
                    w.WriteString("message", message);
                    w.WriteString("hint", hint);
                })));
            }
            else
            {
                Console.Error.WriteLine($"cocoon: error: {message}");
                Console.Error.WriteLine($"cocoon: hint: {hint}");
            }
        }

        return failures[0].Code.ExitCode();
    }
}

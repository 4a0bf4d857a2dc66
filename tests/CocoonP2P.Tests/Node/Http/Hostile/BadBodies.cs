using System.Text;

namespace CocoonP2P.Tests.Node.Http.Hostile;

/// <summary>Bodies that no honest client sends.</summary>
internal static class BadBodies
{
    private const string Good =
        """{"model":"scripted","messages":[{"role":"user","content":"hello"}],"max_tokens":3,"temperature":0.5,"stop":["a"],"n":1,"seed":7,"tools":[{"type":"function","function":{"name":"w","parameters":{"type":"object"}}}],"response_format":{"type":"text"},"stream":false,"logit_bias":{"7":1}}""";

    private static readonly string[] Values =
    [
        "7", "-1", "1e999", "-1e999", "99999999999999999999999999", "0.1", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\udc00x\"", "[]", "{}", "[[]]", "[null]", "[7]", "{\"a\":{}}", "true", "false",
        "\"\\u0000\"", "-0", "1E-999", "[\"\\ud800\"]", "{\"\\ud800\":1}", "{\"type\":\"function\"}", "[{}]", "[{\"type\":7}]",
    ];

    private static readonly Func<Random, byte[]>[] Kinds = [Cut, Swapped, Deep, BadUtf8, Twice, Noise, Spliced, Trailing];

    public static byte[] Make(Random random) => Kinds[random.Next(Kinds.Length)](random);

    private static byte[] Cut(Random random) => Encoding.UTF8.GetBytes(Good)[..random.Next(Good.Length)];

    /// <summary>One value of another type or range.</summary>
    private static byte[] Swapped(Random random)
    {
        string[] names = ["model", "messages", "max_tokens", "temperature", "stop", "n", "seed", "tools", "response_format", "stream", "logit_bias", "role", "content", "name", "parameters", "type"];
        string name = $"\"{names[random.Next(names.Length)]}\":";
        int at = Good.IndexOf(name, StringComparison.Ordinal) + name.Length;
        int end = at;
        for (int depth = 0; depth > 0 || Good[end] is not (',' or '}'); end++)
        {
            depth += Good[end] is '[' or '{' ? 1 : Good[end] is ']' or '}' ? -1 : 0;
        }

        return Encoding.UTF8.GetBytes(Good[..at] + Values[random.Next(Values.Length)] + Good[end..]);
    }

    private static byte[] Deep(Random random)
    {
        string open = random.Next(2) == 0 ? "[" : "{\"a\":";
        return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(open, random.Next(60, 20_000))));
    }

    private static byte[] BadUtf8(Random random)
    {
        byte[] body = Encoding.UTF8.GetBytes(Good);
        body[Good.IndexOf("hello", StringComparison.Ordinal) + random.Next(5)] = (byte)random.Next(0x80, 0x100);
        return body;
    }

    private static byte[] Twice(Random random) => Encoding.UTF8.GetBytes(Good.Replace("\"n\":1", $"\"n\":1,\"n\":{random.Next(9)}", StringComparison.Ordinal));

    private static byte[] Noise(Random random)
    {
        byte[] body = new byte[random.Next(2000)];
        random.NextBytes(body);
        return body;
    }

    /// <summary>A byte here and there is another.</summary>
    private static byte[] Spliced(Random random)
    {
        byte[] body = Encoding.UTF8.GetBytes(Good);
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            body[random.Next(body.Length)] = (byte)random.Next(0x20, 0x7f);
        }

        return body;
    }

    private static byte[] Trailing(Random random) => Encoding.UTF8.GetBytes(Good + Values[random.Next(Values.Length)]);
}

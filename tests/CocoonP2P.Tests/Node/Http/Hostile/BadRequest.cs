using System.Globalization;
using System.Text;

namespace CocoonP2P.Tests.Node.Http.Hostile;

/// <summary>Bytes for a socket, drawn from a seed.</summary>
/// <param name="Bytes">What is sent.</param>
/// <param name="Complete">Whether the server has all it needs to answer; else the client goes away without waiting.</param>
internal sealed record BadRequest(byte[] Bytes, bool Complete)
{
    private static readonly string[] Paths = ["/v1/chat/completions", "/v1/completions", "/v1/embeddings"];

    private static readonly Func<Random, BadRequest>[] Kinds =
    [
        Body, Body, Body, Body, BodyInChunks, BadChunks, TwoLengths, BadHeaders, BadLine, ForeignHost, ForeignOrigin, WrongToken, TooLong, Oversized, HalfSent, Noise, BadRoute,
    ];

    public static BadRequest Make(Random random) => Kinds[random.Next(Kinds.Length)](random);

    private static BadRequest Body(Random random)
    {
        byte[] body = BadBodies.Make(random);
        return new BadRequest([.. Head(random, $"Content-Length: {body.Length}\r\n"), .. body], true);
    }

    private static BadRequest BodyInChunks(Random random)
    {
        List<byte> bytes = [.. Head(random, "Transfer-Encoding: chunked\r\n")];
        foreach (byte[] chunk in BadBodies.Make(random).Chunk(random.Next(1, 400)))
        {
            bytes.AddRange([.. Encoding.ASCII.GetBytes(chunk.Length.ToString("x", CultureInfo.InvariantCulture) + ";ext=1\r\n"), .. chunk, .. "\r\n"u8]);
        }

        return new BadRequest([.. bytes, .. "0\r\nTrailer: x\r\n\r\n"u8], true);
    }

    private static BadRequest BadChunks(Random random)
    {
        string[] sizes = ["zz", "-1", "ffffffffffffffff", "7fffffff", "0x5", " 5", "5 ", "", "00000000000000000005"];
        return new BadRequest([.. Head(random, "Transfer-Encoding: chunked\r\n"), .. Encoding.ASCII.GetBytes(sizes[random.Next(sizes.Length)] + "\r\nhello")], false);
    }

    private static BadRequest TwoLengths(Random random)
    {
        string[] forms =
        [
            "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 2\r\nContent-Length: 3\r\n", "Content-Length: -2\r\n", "Content-Length: 2, 2\r\n", "Content-Length: +2\r\n",
            "Transfer-Encoding: chunked, identity\r\n", "Transfer-Encoding: xchunked\r\n", "Transfer-Encoding : chunked\r\n", "Content-Length: 99999999999999999999\r\n",
        ];
        return new BadRequest([.. Head(random, forms[random.Next(forms.Length)]), .. "0\r\n\r\nGET /status.json HTTP/1.1\r\nHost: localhost\r\n\r\n"u8], true);
    }

    private static BadRequest BadHeaders(Random random)
    {
        string[] forms =
        [
            "X: a\0b\r\n", " folded: x\r\n", "NoColon\r\n", ": empty\r\n", "Bad Name: x\r\n", "X: \u0001\r\n", "Idempotency-Key: \r\n", "Cocoon-Max-Cost: 1\r\n", "Cocoon-Timeout: soon\r\n",
            "Cocoon-Max-Cost: 1 TON\r\nCocoon-Max-Cost: 2 TON\r\n", "Content-Encoding: gzip\r\n", "Expect: 200-ok\r\n", "Content-Type: text/plain\r\n", "Content-Type: application/json; charset=utf-16\r\n",
        ];
        return new BadRequest([.. Head(random, forms[random.Next(forms.Length)] + "Content-Length: 2\r\n"), .. "{}"u8], true);
    }

    private static BadRequest BadLine(Random random)
    {
        string[] lines = ["GET", "GET /", "GET / HTTP/9.9", "GET  / HTTP/1.1", "G\0T / HTTP/1.1", "GET http://[ HTTP/1.1", "GET /%zz HTTP/1.1", "GET /%00 HTTP/1.1", "PRI * HTTP/2.0", "CONNECT x:1 HTTP/1.1", "TRACE / HTTP/1.1", "GET /../../etc/passwd HTTP/1.1", "\u0016\u0003\u0001"];
        return new BadRequest(Encoding.Latin1.GetBytes(lines[random.Next(lines.Length)] + "\r\nHost: localhost\r\nConnection: close\r\n\r\n"), true);
    }

    private static BadRequest ForeignHost(Random random)
    {
        string[] hosts = ["Host: evil.example\r\n", "", "Host: a\r\nHost: b\r\n", "Host: \r\n", "Host: localhost@evil.example\r\n", "Host: localhost.evil.example\r\n", "Host: [::1\r\n", "Host: 127.0.0.1.evil.example:80\r\n"];
        return new BadRequest(Encoding.ASCII.GetBytes($"GET /v1/models HTTP/1.1\r\n{hosts[random.Next(hosts.Length)]}Connection: close\r\n\r\n"), true);
    }

    private static BadRequest ForeignOrigin(Random random) => new([.. Head(random, "Origin: https://evil.example\r\nContent-Length: 2\r\n"), .. "{}"u8], true);

    private static BadRequest WrongToken(Random random)
    {
        string[] tokens = ["", "Bearer", "Bearer ", "Bearer " + new string('z', 8000), "Basic eA==", "Bearer " + new string('r', 40)];
        string line = tokens[random.Next(tokens.Length)];
        return new BadRequest(Encoding.ASCII.GetBytes(
            $"POST {Paths[random.Next(3)]} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {line}\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{{}}"), true);
    }

    private static BadRequest TooLong(Random random) => new(
        random.Next(3) switch
        {
            0 => Encoding.ASCII.GetBytes("GET /" + new string('a', 9000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"),
            1 => Head(random, "X: " + new string('b', 20_000) + "\r\n"),
            _ => Head(random, string.Concat(Enumerable.Range(0, 100).Select(i => $"X{i}: y\r\n"))),
        }, true);

    /// <summary>Announces more than it may send.</summary>
    private static BadRequest Oversized(Random random) => new(Head(random, $"Content-Length: {random.NextInt64(4 * 1024 * 1024 + 1, long.MaxValue)}\r\n"), true);

    private static BadRequest HalfSent(Random random)
    {
        byte[] all = Body(random).Bytes;
        return new BadRequest(all[..random.Next(all.Length)], false);
    }

    private static BadRequest Noise(Random random)
    {
        byte[] bytes = new byte[random.Next(1, 3000)];
        random.NextBytes(bytes);
        return new BadRequest(bytes, false);
    }

    private static BadRequest BadRoute(Random random)
    {
        string[] routes = ["/v1/chat", "/v1/models/none", "/v1/jobs/../x", "/control/close-all", "/CONTROL/close-all", "//control/close-all", "/v1/embeddings/x", "/health/x", "/v1/%2e%2e/control/receipts/a"];
        return new BadRequest(Encoding.ASCII.GetBytes(
            $"GET {routes[random.Next(routes.Length)]} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {new string('i', 40)}\r\nConnection: close\r\n\r\n"), true);
    }

    private static byte[] Head(Random random, string headers) => Encoding.Latin1.GetBytes(
        $"POST {Paths[random.Next(Paths.Length)]} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {new string('i', 40)}\r\nConnection: close\r\n{headers}\r\n");
}

using System.Text.Json;

namespace CocoonP2P.Node.Http.Requests;

/// <summary>A request's body: one JSON object of bounded size and depth, without a name twice.</summary>
internal static class RequestBody
{
    /// <summary>A tool's schema is the deepest thing that anybody sends.</summary>
    public static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>Reads the body and makes a request of it.</summary>
    /// <exception cref="BadFieldException">Naming what cannot be taken.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, Func<Field, T> read)
    {
        if (context.Request.ContentType is string type && !type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw new BadFieldException("Content-Type", "send application/json");
        }

        if (context.Request.Headers.ContentEncoding.Count > 0)
        {
            throw new BadFieldException("Content-Encoding", "send the body as it is");
        }

        JsonDocument body;
        try
        {
            body = JsonDocument.Parse(await BodyBytes.ReadAsync(context), Strict);
        }
        catch (JsonException)
        {
            throw new BadFieldException("the body", "send one JSON object in UTF-8, at most 64 levels deep, no name twice");
        }

        catch (IOException e) when (e.InnerException is OverflowException)
        {
            // How the server says that a chunk's size is past 32 bits.
            throw new BadFieldException("the body", "send chunks whose size is that of their bytes");
        }
        catch (InvalidOperationException)
        {
            // A member's name that is no text.
            throw NoText();
        }

        using (body)
        {
            try
            {
                return read(new Field("", body.RootElement));
            }
            catch (InvalidOperationException)
            {
                // Kinds are checked before each reading: what remains is a text that is no text.
                throw NoText();
            }
        }
    }

    private static BadFieldException NoText() => new("the body", "a text holds bytes that are not UTF-8, or half of a surrogate pair");
}

using System.Text.Json;
using CocoonP2P.Ton.LocalChain.Facade;

namespace CocoonP2P.Ton.LocalChain;

/// <summary>The local chain behind the toncenter v2 API, so that a node talks to it as to the real one.</summary>
/// <remarks>
/// <c>/api/v2/NAME</c> by GET or POST, and <c>/api/v2/jsonRPC</c>: getMasterchainInfo, getAddressInformation,
/// getAddressBalance, getTransactions, runGetMethod, getConfigParam, sendBoc, sendBocReturnHash. What no real endpoint has
/// is apart, under <c>/admin/</c>: faucet, advance, freeze, thaw, totals. It knows nobody, so it belongs on loopback.
/// </remarks>
public sealed class TonCenterFacade(LocalTon chain)
{
    /// <summary>The longest body that a carrier should take, in bytes: the largest message the chain allows, in base64, doubled.</summary>
    public const int MaxBody = 256 * 1024;

    private const string ApiPath = "/api/v2/";
    private const string AdminPath = "/admin/";

    private readonly ChainQueries queries = new(chain);
    private readonly AdminCalls admin = new(chain);

    /// <summary>Answers one request, whoever carries HTTP. Whatever is wrong with it is said in the answer.</summary>
    /// <param name="method">GET or POST.</param>
    /// <param name="path">Without query, such as <c>/api/v2/getMasterchainInfo</c>.</param>
    /// <param name="query">Names and values, decoded.</param>
    /// <param name="body">JSON, or empty. The carrier stops reading at <see cref="MaxBody"/>.</param>
    public FacadeAnswer Handle(string method, string path, IReadOnlyDictionary<string, string> query, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(query);
        try
        {
            return body.Length > MaxBody ? throw new FacadeException(413, "the body is too large") : Route(method, path, query, body);
        }
        catch (FacadeException e)
        {
            return FacadeJson.Error(e.Status, e.Message);
        }
        catch (JsonException)
        {
            return FacadeJson.Error(422, "the body is not JSON");
        }
    }

    private FacadeAnswer Route(string method, string path, IReadOnlyDictionary<string, string> query, ReadOnlyMemory<byte> json)
    {
        if (method is not ("GET" or "POST"))
        {
            throw new FacadeException(405, "GET or POST");
        }

        using JsonDocument? body = json.IsEmpty ? null : JsonDocument.Parse(json);
        FacadeParameters parameters = body is null ? FacadeParameters.Of(query) : FacadeParameters.Of(body.RootElement);
        if (path.StartsWith(AdminPath, StringComparison.Ordinal))
        {
            // A page that a browser shows could make it GET; POST with JSON it cannot without asking.
            string call = path[AdminPath.Length..];
            return call == "totals" || method == "POST"
                ? admin.Call(call, parameters)
                : throw new FacadeException(405, "POST");
        }

        string name = path.StartsWith(ApiPath, StringComparison.Ordinal) ? path[ApiPath.Length..] : "";
        if (name == "jsonRPC" && body is not null)
        {
            name = parameters.Text("method");
            parameters = FacadeParameters.Of(body.RootElement.TryGetProperty("params", out JsonElement given)
                ? given
                : throw FacadeException.Unprocessable("params is missing"));
        }

        return queries.Call(name, parameters);
    }
}

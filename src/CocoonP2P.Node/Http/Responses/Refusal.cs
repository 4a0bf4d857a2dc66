using System.Globalization;
using CocoonP2P.Node.Configuration;
using CocoonP2P.Node.Http.Doors;
using CocoonP2P.Node.Http.Requests;

namespace CocoonP2P.Node.Http.Responses;

/// <summary>A failure as HTTP tells it: OpenAI's shape, the one vocabulary of codes, and a cure.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Message">For a person.</param>
/// <param name="Hint">What a person can do.</param>
internal sealed record Refusal(ErrorCode Code, string Message, string Hint)
{
    /// <summary>Where nobody can tell: offers are repeated and sessions opened within this time.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>By default the code's own.</summary>
    public int Status { get; init; } = Code.HttpStatus();

    /// <summary>The field of the request that is to blame.</summary>
    public string? Param { get; init; }

    /// <summary>When the same request may succeed.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Members of the error beside OpenAI's own, such as what is missing.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>A route, a job or a receipt that is not there.</summary>
    public static Refusal NotFound(string message, string hint) => new(ErrorCode.Usage, message, hint) { Status = StatusCodes.Status404NotFound };

    /// <summary>What an exception means for the client; null for one that nobody foresaw.</summary>
    public static Refusal? Of(Exception failure) => failure switch
    {
        BadFieldException bad => new Refusal(ErrorCode.Usage, bad.Message, bad.Hint) { Param = bad.Field },
        BudgetException budget => new Refusal(budget.RetryAfter is null ? ErrorCode.InsufficientFunds : ErrorCode.Busy, budget.Message, budget.Hint)
        {
            RetryAfter = budget.RetryAfter,
            Facts = [("needed", Money.Show(budget.Needed)), ("available", Money.Show(budget.Available))],
        },
        InsufficientFundsException poor => new Refusal(poor.Code, poor.Message, poor.Hint)
        {
            Facts = [("needed", Money.Show(poor.Needed)), ("available", Money.Show(poor.Available)), ("address", poor.Address)],
        },
        CocoonException cocoon => new Refusal(cocoon.Code, cocoon.Message, cocoon.Hint)
        {
            RetryAfter = cocoon.RetryAfter ?? (cocoon.IsTransient ? Soon : null),
        },
        Microsoft.AspNetCore.Http.BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
Of(BodyBytes.TooLarge()),
        Microsoft.AspNetCore.Http.BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } =>
            new Refusal(ErrorCode.Timeout, "the body came too slowly", "send it faster") { Status = StatusCodes.Status408RequestTimeout },
        Microsoft.AspNetCore.Http.BadHttpRequestException bad =>
            new Refusal(ErrorCode.Usage, "the request is not HTTP as this node takes it", "look at its framing and headers") { Status = bad.StatusCode },
        _ => null,
    };

    /// <summary>Answers with it.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        context.Response.StatusCode = Status;
        if (RetryAfter is TimeSpan wait)
        {
            headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
        else if (Status >= StatusCodes.Status500InternalServerError)
        {
            // OpenAI's SDKs repeat every 5xx unless they are told that it is no use.
            headers["x-should-retry"] = "false";
        }

        if (Code == ErrorCode.Unauthorized)
        {
            headers.WWWAuthenticate = "Bearer";
        }

        await ApiServer.WriteAsync(context, Document());
    }

    /// <summary>{"error":{…}}</summary>
    public byte[] Document() => OpenAiJson.Write(w =>
    {
        w.WriteStartObject("error");
        w.WriteString("message", Message);
        w.WriteString("type", Type());
        w.WriteString("param", Param);
        w.WriteString("code", Code.Name());
        w.WriteString("hint", Hint);
        foreach ((string name, string value) in Facts)
        {
            w.WriteString(name, value);
        }

        w.WriteEndObject();
    });

    private string Type() => Status switch
    {
        StatusCodes.Status401Unauthorized => "authentication_error",
        StatusCodes.Status402PaymentRequired => "insufficient_quota",
        StatusCodes.Status403Forbidden => "permission_error",
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        < StatusCodes.Status500InternalServerError => "invalid_request_error",
        _ => "api_error",
    };
}

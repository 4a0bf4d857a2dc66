using System.Text.Json;
using CocoonP2P.Node.Configuration;
using CocoonP2P.Protocol;

namespace CocoonP2P.Node.Client;

/// <summary>What a node answered, when the last word was said.</summary>
/// <param name="Job">Hex of the job hash.</param>
/// <param name="Worker">Peer id.</param>
/// <param name="Verdict">In one line; begins with "simulated" on a local network.</param>
/// <param name="Text">The whole answer.</param>
/// <param name="FinishReason">OpenAI's word.</param>
/// <param name="Resumed">Whether another worker had to go on.</param>
/// <param name="PromptTokens">As the node counted.</param>
/// <param name="CompletionTokens">As the node counted.</param>
/// <param name="Cost">Chain fees apart.</param>
internal sealed record ChatReply(
    string Job, string Worker, string Verdict, string Text, string FinishReason, bool Resumed, int PromptTokens, int CompletionTokens, NanoTon Cost)
{
    /// <summary>Reads a streamed answer to its end.</summary>
    /// <param name="response">From <see cref="NodeClient.ChatAsync"/>.</param>
    /// <param name="piece">Told each piece as it comes.</param>
    /// <param name="cancellationToken">Gives up, and so cancels the job.</param>
    /// <exception cref="CocoonException">The answer broke off, and why.</exception>
    public static async Task<ChatReply> ReadAsync(HttpResponseMessage response, Action<string> piece, CancellationToken cancellationToken)
    {
        string text = "", reason = "";
        bool resumed = false;
        JsonElement usage = default;
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (JsonElement document in NodeClient.DocumentsAsync(stream, cancellationToken))
        {
            if (document.TryGetProperty("error", out _))
            {
                throw NodeClient.Refusal(document);
            }

            if (document.TryGetProperty("usage", out JsonElement counted) && counted.ValueKind == JsonValueKind.Object)
            {
                usage = counted;
            }

            resumed |= document.TryGetProperty("cocoon", out JsonElement facts) && facts.GetProperty("resumed").GetBoolean();
            foreach (JsonElement choice in document.GetProperty("choices").EnumerateArray())
            {
                reason = choice.GetProperty("finish_reason").GetString() ?? reason;
                if (choice.GetProperty("delta").TryGetProperty("content", out JsonElement content) && content.GetString() is { Length: > 0 } words)
                {
                    text += words;
                    piece(words);
                }
            }
        }

        if (usage.ValueKind != JsonValueKind.Object)
        {
            throw new CocoonException(ErrorCode.WorkerLost, "the node ended the answer in the middle", "look at its log, and ask again");
        }

        return new ChatReply(
            Header(response, "Cocoon-Job"), Header(response, "Cocoon-Worker"), Header(response, "Cocoon-Attestation"), text, reason, resumed,
            usage.GetProperty("prompt_tokens").GetInt32(), usage.GetProperty("completion_tokens").GetInt32(),
            Money.TryParse(usage.GetProperty("cost").GetString()!) ?? default);
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();
}

using System.Runtime.CompilerServices;
using CocoonP2P.Client;
using CocoonP2P.Jobs;
using CocoonP2P.Sessions;
using Microsoft.Extensions.AI;

namespace CocoonP2P;

/// <summary>
/// A model of the network as an <see cref="IChatClient"/>: each request finds a worker, checks by this node's policy what
/// software it runs, sends the prompt to that software alone, and pays as the answer arrives.
/// </summary>
/// <remarks>
/// AdditionalProperties of the answer carry cocoon.job, cocoon.worker and cocoon.verdict (text), cocoon.cost (nanoton, long)
/// and cocoon.resumed (bool); those of the options may carry cocoon.max_cost (nanoton, long), cocoon.tenant and
/// cocoon.idempotency_key (text) and cocoon.timeout (TimeSpan). The raw representation is the <see cref="Verdict"/>. A request
/// that cannot be is an <see cref="ArgumentException"/>; everything else that fails is a <see cref="CocoonException"/>.
/// Safe for concurrent use. Disposing a client ends nothing: the node is its owner's.
/// </remarks>
public sealed class CocoonClient : IChatClient
{
    private readonly NodeSource _node;
    private readonly string _model;
    private readonly RandomSource _random;
    private readonly TimeProvider _time;
    private readonly ChatClientMetadata _metadata;

    internal CocoonClient(NodeSource node, string model, RandomSource random, TimeProvider time)
    {
        (_node, _model, _random, _time) = (node, model, random, time);
        _metadata = new ChatClientMetadata("cocoon", providerUri: null, model);
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            updates.Add(update);
        }

        ChatResponse response = updates.ToChatResponse();
        response.RawRepresentation = updates.LastOrDefault(u => u.RawRepresentation is Verdict)?.RawRepresentation;
        response.AdditionalProperties = [];
        foreach (KeyValuePair<string, object?> property in updates.SelectMany(u => u.AdditionalProperties ?? []))
        {
            response.AdditionalProperties[property.Key] = property.Value;
        }

        return response;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ChatOrder order = ChatOrders.Of(messages, options, _model, _random);
        AnswerUpdates updates = new(order.Model, _time.GetUtcNow());
        await using IAsyncEnumerator<AnswerPart> parts = _node().AskAsync(order, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(parts))
        {
            if (updates.Take(parts.Current) is ChatResponseUpdate update)
            {
                yield return update;
            }
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Ends nothing: the node goes on for its other clients.</summary>
    public void Dispose()
    {
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<AnswerPart> parts)
    {
        try
        {
            return await parts.MoveNextAsync();
        }
        catch (CocoonException e) when (Arguments.IsAtFault(e))
        {
            throw Arguments.Of(e);
        }
    }
}

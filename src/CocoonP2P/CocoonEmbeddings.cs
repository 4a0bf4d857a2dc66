using CocoonP2P.Client;
using CocoonP2P.Jobs;
using Microsoft.Extensions.AI;

namespace CocoonP2P;

/// <summary>A model of the network as an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/>, under the same guarantees as <see cref="CocoonClient"/>.</summary>
public sealed class CocoonEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly NodeSource _node;
    private readonly string _model;
    private readonly TimeProvider _time;
    private readonly EmbeddingGeneratorMetadata _metadata;

    internal CocoonEmbeddings(NodeSource node, string model, TimeProvider time)
    {
        (_node, _model, _time) = (node, model, time);
        _metadata = new EmbeddingGeneratorMetadata("cocoon", providerUri: null, model);
    }

    /// <inheritdoc/>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        EmbeddingInput[] inputs = [.. values.Select(text => new EmbeddingInput(text, default))];
        string model = options?.ModelId ?? _model;
        if (inputs.Length == 0)
        {
            return [];
        }

        EmbeddingAnswer answer;
        try
        {
            answer = await _node().EmbedAsync(
                new EmbeddingOrder(model, inputs) { Terms = OrderOptions.Read(options?.AdditionalProperties) }, cancellationToken);
        }
        catch (CocoonException e) when (Arguments.IsAtFault(e))
        {
            throw Arguments.Of(e);
        }

        return Made(answer, model, options?.Dimensions);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Ends nothing: the node goes on for its other clients.</summary>
    public void Dispose()
    {
    }

    private GeneratedEmbeddings<Embedding<float>> Made(EmbeddingAnswer answer, string model, int? dimensions)
    {
        DateTimeOffset created = _time.GetUtcNow();
        return new GeneratedEmbeddings<Embedding<float>>(answer.Vectors.Select(vector => new Embedding<float>(Vectors.Shorten(vector, dimensions))
        {
            ModelId = model,
            CreatedAt = created,
        }))
        {
            Usage = new UsageDetails { InputTokenCount = answer.Usage.Prompt, TotalTokenCount = answer.Usage.Prompt },
            AdditionalProperties = new AdditionalPropertiesDictionary
            {
                [CocoonProperties.Job] = answer.Accepted.Job,
                [CocoonProperties.Worker] = answer.Accepted.Worker,
                [CocoonProperties.Verdict] = answer.Accepted.Verdict.ToString(),
                [CocoonProperties.Cost] = (long)answer.Cost.Value,
            },
        };
    }
}

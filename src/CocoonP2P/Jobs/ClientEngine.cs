using System.Runtime.CompilerServices;
using CocoonP2P.Inference;
using CocoonP2P.Protocol;
using CocoonP2P.Text;

namespace CocoonP2P.Jobs;

/// <summary>The client's side: counts the prompt, has it answered by attested workers, pays them as they deliver.</summary>
/// <param name="parts">What orders work with.</param>
/// <param name="find">The text side of a model by its name; throws where there is none.</param>
/// <param name="teeKinds">Kinds of evidence that the policy can accept.</param>
internal sealed class ClientEngine(
    ClientParts parts, Func<string, CancellationToken, ValueTask<IModelText>> find, ushort[] teeKinds) : IAsyncDisposable
{
    private readonly OrderMemory<AnswerPart> _answers = new(OrderSizes.Of, parts.Time);
    private readonly OrderMemory<EmbeddingAnswer> _embeddings = new(OrderSizes.Of, parts.Time);

    /// <summary>Runs one prompt.</summary>
    /// <exception cref="CocoonException">With code, cause and cure.</exception>
    public IAsyncEnumerable<AnswerPart> AskAsync(ChatOrder order, CancellationToken cancellationToken)
    {
        OrderTerms terms = order.Terms;
        return terms.IdempotencyKey.Length == 0
            ? RunAsync(order, cancellationToken)
            : _answers.JoinAsync(
                new OrderKey(terms.Tenant, terms.IdempotencyKey), OrderPrint.Of(order), token => RunAsync(order, token), cancellationToken);
    }

    /// <summary>Embeds texts.</summary>
    /// <exception cref="CocoonException">With code, cause and cure.</exception>
    public async Task<EmbeddingAnswer> EmbedAsync(EmbeddingOrder order, CancellationToken cancellationToken)
    {
        OrderTerms terms = order.Terms;
        IAsyncEnumerable<EmbeddingAnswer> answers = terms.IdempotencyKey.Length == 0
            ? EmbedOnceAsync(order, cancellationToken)
            : _embeddings.JoinAsync(
                new OrderKey(terms.Tenant, terms.IdempotencyKey), OrderPrint.Of(order), token => EmbedOnceAsync(order, token), cancellationToken);
        await foreach (EmbeddingAnswer answer in answers.WithCancellation(cancellationToken))
        {
            return answer;
        }

        throw new CocoonException(ErrorCode.Failed, "the order ended without an answer", "try again");
    }

    public async ValueTask DisposeAsync()
    {
        await _answers.DisposeAsync();
        await _embeddings.DisposeAsync();
    }

    private async IAsyncEnumerable<AnswerPart> RunAsync(ChatOrder order, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IModelText text = await find(order.Model, cancellationToken);
        IReadOnlyList<JobSpec> specs = OrderSpecs.Of(order, text);
        OrderPlan plan = OrderPlan.Of(text, order.Terms, teeKinds, parts.Time.GetUtcNow());
        OrderBudget budget = Budget(order.Terms);
        List<AnswerRun> runs = [.. specs.Select(spec => new AnswerRun(parts, plan, spec, budget))];
        try
        {
            IAsyncEnumerable<AnswerPart> all = runs is [AnswerRun only] ? only.RunAsync(cancellationToken) : ChoiceMerge.RunAsync(runs, cancellationToken);
            await foreach (AnswerPart part in all.WithCancellation(cancellationToken))
            {
                yield return part;
            }
        }
        finally
        {
            await Task.WhenAll(runs.Select(run => run.DisposeAsync().AsTask()));
        }
    }

    private async IAsyncEnumerable<EmbeddingAnswer> EmbedOnceAsync(EmbeddingOrder order, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IModelText text = await find(order.Model, cancellationToken);
        JobSpec spec = OrderSpecs.Of(order, text);
        OrderPlan plan = OrderPlan.Of(text, order.Terms, teeKinds, parts.Time.GetUtcNow());
        await using AnswerRun run = new(parts, plan, spec, Budget(order.Terms));
        AnswerPart.Accepted? accepted = null;
        await foreach (AnswerPart part in run.RunAsync(cancellationToken))
        {
            accepted = part as AnswerPart.Accepted ?? accepted;
            if (part is AnswerPart.Finished finished)
            {
                yield return new EmbeddingAnswer(accepted!, run.Last!.Vectors, finished.Usage, finished.Cost);
            }
        }
    }

    private OrderBudget Budget(OrderTerms terms) =>
        new(NanoTon.Min(terms.MaxCost ?? parts.Settings.Policy.MaxPerJob, parts.Settings.Policy.MaxPerJob));
}

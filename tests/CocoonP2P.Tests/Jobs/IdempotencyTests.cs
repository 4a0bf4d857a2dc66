using CocoonP2P.Jobs;
using CocoonP2P.Tests.Jobs.Scene;

namespace CocoonP2P.Tests.Jobs;

/// <summary>An order with a key is bought once.</summary>
public sealed class IdempotencyTests
{
    private static readonly string Whole = SceneText.Decode(ScriptedJob.Tokens(0, 40));

    [Fact]
    public Task The_same_key_gets_the_finished_answer_and_buys_nothing() => JobScene.RunAsync(async scene =>
    {
        SceneAnswer first = await scene.AnswerAsync(Keyed("a"));
        SceneAnswer second = await scene.AnswerAsync(Keyed("a") with { Sampling = JobScene.Order().Sampling with { Seed = 99 } });
        Assert.Equal(first.Parts, second.Parts);
        Assert.Single(scene.Workers.SelectMany(w => w.Jobs));
    });

    [Fact]
    public Task A_second_one_joins_the_running_order() => JobScene.RunAsync(async scene =>
    {
        SceneAnswer[] answers = await Task.WhenAll(scene.AnswerAsync(Keyed("a")), scene.AnswerAsync(Keyed("a")), scene.AnswerAsync(Keyed("a")));
        Assert.All(answers, answer => Assert.Equal(Whole, answer.Text()));
        Assert.Single(scene.Workers.SelectMany(w => w.Jobs));
    });

    [Fact]
    public Task Another_order_under_the_same_key_is_a_usage_error() => JobScene.RunAsync(async scene =>
    {
        await scene.AnswerAsync(Keyed("a"));
        Assert.Equal(ErrorCode.Usage, (await scene.RefusedAsync(Keyed("a") with { MaxTokens = 41 })).Code);
    });

    [Fact]
    public Task Keys_of_different_tenants_are_different_orders() => JobScene.RunAsync(async scene =>
    {
        await scene.AnswerAsync(Keyed("a"));
        await scene.AnswerAsync(Keyed("a") with { Terms = new OrderTerms { IdempotencyKey = "a", Tenant = "other" } });
        Assert.Equal(2, scene.Workers.Sum(w => w.Jobs.Count));
    });

    [Fact]
    public Task An_order_goes_on_though_its_caller_left_and_waits_for_them() => JobScene.RunAsync(async scene =>
    {
        await foreach (AnswerPart part in scene.Ask(Keyed("a")))
        {
            if (part is AnswerPart.Text)
            {
                break;
            }
        }

        Assert.Equal(Whole, (await scene.AnswerAsync(Keyed("a"))).Text());
        Assert.Single(scene.Workers.SelectMany(w => w.Jobs));
    });

    [Fact]
    public Task After_ten_minutes_a_key_is_free_again() => JobScene.RunAsync(async scene =>
    {
        await scene.AnswerAsync(Keyed("a"));
        scene.Time.Advance(OrderMemory<AnswerPart>.Kept);
        await scene.AnswerAsync(Keyed("a"));
        Assert.Equal(2, scene.Workers.Sum(w => w.Jobs.Count));
    });

    [Fact]
    public Task What_failed_may_be_tried_again() => JobScene.RunAsync(async scene =>
    {
        foreach (ScriptedWorker worker in scene.Workers)
        {
            worker.Script = job =>
            {
                job.Cut();
                return Task.CompletedTask;
            };
        }

        await scene.RefusedAsync(Keyed("a"));
        foreach (ScriptedWorker worker in scene.Workers)
        {
            worker.Script = job => job.AnswerAsync();
        }

        Assert.Equal(Whole, (await scene.AnswerAsync(Keyed("a"))).Text());
    });

    private static ChatOrder Keyed(string key) => JobScene.Order() with { Terms = new OrderTerms { IdempotencyKey = key } };
}

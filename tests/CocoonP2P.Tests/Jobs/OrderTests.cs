using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CocoonP2P.Protocol;
using CocoonP2P.Tests.Jobs.Scene;

namespace CocoonP2P.Tests.Jobs;

/// <summary>What holds for an order as a whole: budget, choices, deadline, a user who leaves.</summary>
public sealed class OrderTests
{
    private static readonly string Whole = SceneText.Decode(ScriptedJob.Tokens(0, 40));

    [Fact]
    public Task Choices_are_jobs_of_their_own_and_one_order() => JobScene.RunAsync(async scene =>
    {
        SceneAnswer answer = await scene.AnswerAsync(JobScene.Order() with { Choices = 3 });
        Assert.All([0, 1, 2], choice => Assert.Equal(Whole, answer.Text(choice)));
        Assert.Equal([0, 1, 2], answer.Parts.OfType<AnswerPart.Finished>().Select(p => p.Choice).Order());
        Assert.Equal([0, 1, 2], scene.Workers.SelectMany(w => w.Jobs).Select(job => job.Spec.Sampling.Choice).Order());
        Assert.Equal(3 * 43 * 2, answer.Parts.OfType<AnswerPart.Finished>().Sum(p => (long)p.Cost.Value));
    });

    [Fact]
    public Task One_cap_covers_all_choices_one_after_the_other_where_need_be() => JobScene.RunAsync(async scene =>
    {
        // Each locks 86 nanoton and stops after ten tokens for 26: two at once would not fit, one after the other do.
        foreach (ScriptedWorker worker in scene.Workers)
        {
            worker.Script = async job =>
            {
                await job.ChunkAsync(10);
                await job.EndAsync(FinishReason.Stop);
            };
        }

        SceneAnswer answer = await scene.AnswerAsync(Capped(120) with { Choices = 2 });
        Assert.Equal(52, answer.Parts.OfType<AnswerPart.Finished>().Sum(p => (long)p.Cost.Value));
    });

    [Fact]
    public Task What_a_first_attempt_cost_counts_against_the_cap() => JobScene.RunAsync(async scene =>
    {
        foreach (ScriptedWorker worker in scene.Workers)
        {
            worker.Script = async job =>
            {
                await job.ChunkAsync(10);
                job.Cut();
            };
        }

        // 86 were locked and 26 spent; going on locks 13 + 30 more tokens, 86 again, and 112 are above the cap.
        CocoonException told = await scene.RefusedAsync(Capped(100));
        Assert.Contains("10 tokens", told.Message, StringComparison.Ordinal);
        Assert.Single(scene.Workers.SelectMany(w => w.Jobs));
    });

    [Fact]
    public Task A_deadline_ends_the_order_and_its_job() => JobScene.RunAsync(
        async scene =>
        {
            scene.Workers[0].Script = job => job.ChunkAsync(10).AsTask();
            CocoonException told = await scene.RefusedAsync(JobScene.Order() with { Terms = new OrderTerms { Timeout = TimeSpan.FromSeconds(2) } });
            Assert.Equal(ErrorCode.Timeout, told.Code);
            await scene.UntilAsync(() => scene.Workers[0].Jobs[0].CancelledAt is not null);
        },
        workers: 1);

    [Fact]
    public Task A_user_who_leaves_cancels_the_job_within_200_ms_and_pays_what_arrived() => JobScene.RunAsync(
        async scene =>
        {
            scene.Workers[0].Script = job => job.ChunkAsync(10).AsTask();
            DateTimeOffset left = default;
            await foreach (AnswerPart part in scene.Ask(JobScene.Order()))
            {
                if (part is AnswerPart.Text)
                {
                    left = scene.Time.GetUtcNow();
                    break;
                }
            }

            await scene.UntilAsync(() => scene.Workers[0].Jobs[0].CancelledAt is not null);
            Assert.InRange(scene.Workers[0].Jobs[0].CancelledAt!.Value - left, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
            await scene.UntilAsync(() => scene.Channels.All[0].State.Jobs.IsEmpty);
            Assert.Equal(new NanoTon(26), scene.Channels.All[0].State.Ledger.Body.Cumulative);
        },
        workers: 1);

    [Fact]
    public Task What_comes_behind_a_stop_string_is_not_the_users() => JobScene.RunAsync(
        async scene =>
        {
            scene.Workers[0].Script = async job =>
            {
                await job.ChunkAsync(10);
                await job.ChunkAsync(10);
            };
            SceneAnswer answer = await scene.AnswerAsync(JobScene.Order() with { Stop = ["1009"] });
            Assert.Equal(SceneText.Decode(ScriptedJob.Tokens(0, 10)), answer.Text());
            Assert.Equal(FinishReason.Stop, answer.Finished.Reason);
        },
        workers: 1);

    [Fact]
    public Task A_deaf_worker_holds_nobody_up_but_those_who_ask_it() => JobScene.RunAsync(async scene =>
    {
        scene.Workers[0].IsDeaf = true;
        DateTimeOffset started = scene.Time.GetUtcNow();
        SceneAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => scene.AnswerAsync(JobScene.Order())));
        Assert.All(answers, answer => Assert.Equal(Whole, answer.Text()));
        Assert.InRange(scene.Time.GetUtcNow() - started, TimeSpan.Zero, ClientSettings.ConnectTime + TimeSpan.FromSeconds(3));
    });

    [Fact]
    public async Task A_late_first_token_is_hedged_where_the_user_wants_it() => await JobScene.RunAsync(
        async scene =>
        {
            for (int order = 0; order < 60 && scene.Desk.HedgeAfter(new byte[32].Select(_ => (byte)6).ToArray()) is null; order++)
            {
                await scene.AnswerAsync(JobScene.Order());
            }

            bool slow = true;
            foreach (ScriptedWorker worker in scene.Workers)
            {
                worker.Script = job =>
                {
                    (bool first, slow) = (slow, false);
                    return first ? Task.CompletedTask : job.AnswerAsync();
                };
            }

            int before = scene.Workers.Sum(w => w.Jobs.Count);
            SceneAnswer answer = await scene.AnswerAsync(JobScene.Order());
            Assert.Equal(Whole, answer.Text());
            Assert.Equal(before + 2, scene.Workers.Sum(w => w.Jobs.Count));
            ScriptedJob loser = Assert.Single(scene.Workers.SelectMany(w => w.Jobs), job => job.Sent == 0);
            await scene.UntilAsync(() => loser.CancelledAt is not null);
            Assert.Equal(43 * 2UL, answer.Finished.Cost.Value);
        },
        hedge: true);

    private static ChatOrder Capped(ulong nanoton) => JobScene.Order() with { Terms = new OrderTerms { MaxCost = new NanoTon(nanoton) } };
}

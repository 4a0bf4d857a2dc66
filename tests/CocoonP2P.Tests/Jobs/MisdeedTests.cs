using CocoonP2P.Jobs;
using CocoonP2P.Tests.Jobs.Scene;
using CocoonP2P.Tests.Sessions;

namespace CocoonP2P.Tests.Jobs;

/// <summary>Whatever a worker does to an answer, its user gets the text, from somebody else where need be.</summary>
public sealed class MisdeedTests
{
    private static readonly string Whole = SceneText.Decode(ScriptedJob.Tokens(0, 40));

    [Fact]
    public Task An_honest_worker_answers_and_is_paid() => JobScene.RunAsync(async scene =>
    {
        SceneAnswer answer = await scene.AnswerAsync(JobScene.Order());
        Assert.Equal(Whole, answer.Text());
        Assert.Equal((3u, 40u), (answer.Finished.Usage.Prompt, answer.Finished.Usage.Completion));
        Assert.Equal(43 * 2UL, answer.Finished.Cost.Value);
        Assert.Empty(answer.Parts.OfType<AnswerPart.Resumed>());
    });

    [Fact]
    public Task One_whose_connection_breaks_is_replaced_and_each_token_paid_once() => RunAsync(async job =>
    {
        await job.ChunkAsync(10);
        job.Cut();
    });

    [Fact]
    public Task One_that_falls_silent_is_replaced() => RunAsync(async job => await job.ChunkAsync(10));

    [Fact]
    public Task One_that_sends_a_chunk_out_of_turn_is_replaced() => RunAsync(async job =>
    {
        await job.ChunkAsync(10);
        await job.SendAsync(new JobChunk(job.Request.JobHash, 7, [1]));
    });

    [Fact]
    public Task One_that_sends_a_token_which_the_model_does_not_have_is_replaced() => RunAsync(async job =>
    {
        await job.ChunkAsync(10);
        await job.SendAsync(new JobChunk(job.Request.JobHash, 1, [10_000]));
    });

    [Fact]
    public Task One_that_sends_more_than_was_asked_for_is_replaced() => RunAsync(async job =>
    {
        await job.ChunkAsync(10);
        await job.SendAsync(new JobChunk(job.Request.JobHash, 1, new int[31]));
    });

    [Fact]
    public Task One_that_stops_the_job_is_replaced() => RunAsync(async job =>
    {
        await job.ChunkAsync(10);
        await job.SendAsync(new JobRefused(job.Request.JobHash, JobRefusalCode.Stopping, TimeSpan.Zero));
    });

    [Fact]
    public Task One_that_dies_before_its_first_token_is_replaced_without_a_word() => JobScene.RunAsync(async scene =>
    {
        FirstFails(scene, job =>
        {
            job.Cut();
            return Task.CompletedTask;
        });
        SceneAnswer answer = await scene.AnswerAsync(JobScene.Order());
        Assert.Equal(Whole, answer.Text());
        Assert.Empty(answer.Parts.OfType<AnswerPart.Resumed>());
        Assert.Equal(43 * 2UL, answer.Finished.Cost.Value);
    });

    [Fact]
    public Task One_that_over_counts_at_the_end_gets_what_the_client_counted_and_no_more_jobs() => JobScene.RunAsync(async scene =>
    {
        FirstFails(scene, async job =>
        {
            await job.ChunkAsync(40);
            await job.EndAsync(claimedMore: 5);
        });
        SceneAnswer answer = await scene.AnswerAsync(JobScene.Order());
        Assert.Equal(Whole, answer.Text());
        Assert.Equal(43 * 2UL, answer.Finished.Cost.Value);
        ScriptedWorker liar = scene.Workers.Single(w => w.Jobs.Count == 1);
        for (int order = 0; order < 5; order++)
        {
            Assert.Equal(Whole, (await scene.AnswerAsync(JobScene.Order())).Text());
        }

        Assert.Single(liar.Jobs);
    });

    [Fact]
    public Task Evidence_that_expires_in_mid_stream_is_shown_anew_by_the_same_worker() => JobScene.RunAsync(
        async scene =>
        {
            int asked = 0;
            scene.Party.Judge = _ => SessionParty.Accepted(true) with
            {
                ValidUntil = asked++ == 0 ? scene.Time.GetUtcNow().AddSeconds(5) : scene.Time.GetUtcNow().AddDays(1),
            };
            scene.Workers[0].Script = job => job.Spec.Resume.IsEmpty ? job.ChunkAsync(10).AsTask() : job.AnswerAsync();
            SceneAnswer answer = await scene.AnswerAsync(JobScene.Order());
            Assert.Equal(Whole, answer.Text());
            Assert.True(answer.Resumed.Exact);
            Assert.Equal(2, scene.Workers[0].Sessions);
        },
        workers: 1);

    [Fact]
    public Task Workers_that_compute_other_bits_go_on_and_the_answer_says_so() => JobScene.RunAsync(async scene =>
    {
        FirstFails(scene, async job =>
        {
            await job.ChunkAsync(10);
            job.Cut();
        });
        scene.Workers[1].UseClass(2);
        SceneAnswer answer = await scene.AnswerAsync(JobScene.Order());
        Assert.Equal(Whole, answer.Text());
        Assert.False(answer.Resumed.Exact);
    });

    /// <summary>The first job goes wrong after ten tokens, whoever has it; the next goes on from there.</summary>
    private static Task RunAsync(Func<ScriptedJob, Task> misdeed) => JobScene.RunAsync(async scene =>
    {
        FirstFails(scene, misdeed);
        SceneAnswer answer = await scene.AnswerAsync(JobScene.Order());
        Assert.Equal(Whole, answer.Text());
        Assert.True(answer.Resumed.Exact);
        Assert.Equal(ScriptedJob.Tokens(0, 10), scene.Workers.SelectMany(w => w.Jobs).Single(job => !job.Spec.Resume.IsEmpty).Spec.Resume.ToArray());
        Assert.Equal((3u, 40u), (answer.Finished.Usage.Prompt, answer.Finished.Usage.Completion));

        // Prompt and 10 tokens at the first; prompt, 10 replayed and 30 new ones at the second.
        Assert.Equal((13 + 43) * 2UL, answer.Finished.Cost.Value);
    });

    private static void FirstFails(JobScene scene, Func<ScriptedJob, Task> misdeed)
    {
        bool failed = false;
        foreach (ScriptedWorker worker in scene.Workers)
        {
            worker.Script = job =>
            {
                (bool first, failed) = (!failed, true);
                return first ? misdeed(job) : job.AnswerAsync();
            };
        }
    }
}

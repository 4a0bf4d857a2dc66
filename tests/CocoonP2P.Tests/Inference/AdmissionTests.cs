using CocoonP2P.Inference;
using CocoonP2P.Inference.Scheduling;
using CocoonP2P.Tests.Inference.Support;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Inference;

public sealed class AdmissionTests
{
    [Fact]
    public async Task A_job_out_of_range_is_refused_naming_the_parameter()
    {
        await using TestHost host = await TestHost.OpenAsync();
        JobSpec sound = host.Job();
        (JobSpec Job, InferenceErrorCode Code, string Words)[] cases =
        [
            (sound with { ModelId = new byte[32] }, InferenceErrorCode.UnknownModel, "not loaded"),
            (sound with { PromptIds = Array.Empty<int>() }, InferenceErrorCode.BadParameter, "prompt"),
            (sound with { PromptIds = new[] { RandomLlama.Vocabulary } }, InferenceErrorCode.BadParameter, "vocabulary"),
            (sound with { PromptIds = new[] { -1 } }, InferenceErrorCode.BadParameter, "vocabulary"),
            (sound with { MaxTokens = 0 }, InferenceErrorCode.BadParameter, "max_tokens"),
            (sound with { MaxTokens = 65 }, InferenceErrorCode.BadParameter, "max_tokens"),
            (sound with { PromptIds = TestHost.Prompt(100, 1), MaxTokens = 29 }, InferenceErrorCode.PromptTooLong, "context"),
            (sound with { Stop = [""] }, InferenceErrorCode.BadParameter, "stop"),
            (sound with { Stop = [new string('x', 129)] }, InferenceErrorCode.BadParameter, "stop"),
            (sound with { Stop = [.. Enumerable.Repeat("x", 17)] }, InferenceErrorCode.BadParameter, "stop"),
            (sound with { Sampling = new() { Temperature = float.NaN } }, InferenceErrorCode.BadParameter, "temperature"),
            (sound with { Sampling = new() { TopP = 0 } }, InferenceErrorCode.BadParameter, "top_p"),
            (sound with { Sampling = new() { TopK = -1 } }, InferenceErrorCode.BadParameter, "top_k"),
            (sound with { Sampling = new() { MinP = 2 } }, InferenceErrorCode.BadParameter, "min_p"),
            (sound with { Sampling = new() { RepetitionPenalty = 0 } }, InferenceErrorCode.BadParameter, "repetition_penalty"),
        ];
        foreach ((JobSpec job, InferenceErrorCode code, string words) in cases)
        {
            InferenceException refusal = await Assert.ThrowsAsync<InferenceException>(
                () => host.Backend.AdmitAsync(job, TestContext.Current.CancellationToken).AsTask());
            Assert.Equal(code, refusal.Code);
            Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal(4, host.Model.FreeSlots);
    }

    [Fact]
    public async Task An_admission_that_is_not_run_expires_after_three_minutes()
    {
        FakeTimeProvider time = new();
        await using TestHost host = await TestHost.OpenAsync(slots: 1, time: time);
        Admission admission = await host.Backend.AdmitAsync(host.Job(), TestContext.Current.CancellationToken);
        Assert.Equal(0, host.Model.FreeSlots);
        time.Advance(AdmittedRun.Lifetime);
        Assert.Equal(1, host.Model.FreeSlots);
        InferenceException refusal = await Assert.ThrowsAsync<InferenceException>(async () =>
        {
            await foreach (JobEvent unused in host.Backend.RunAsync(admission, TestContext.Current.CancellationToken))
            {
                Assert.Fail("it ran");
            }
        });
        Assert.Equal(InferenceErrorCode.BadParameter, refusal.Code);
    }

    [Fact]
    public async Task An_admission_that_is_given_back_frees_its_place_once()
    {
        await using TestHost host = await TestHost.OpenAsync(slots: 1);
        Admission admission = await host.Backend.AdmitAsync(host.Job(), TestContext.Current.CancellationToken);
        admission.Dispose();
        admission.Dispose();
        Assert.Equal(1, host.Model.FreeSlots);
    }

    [Fact]
    public void A_full_queue_refuses_with_an_estimate_and_one_tenant_cannot_fill_it()
    {
        Pace pace = new();
        AdmissionGate gate = new(slots: 4, pace);
        Assert.Equal(TimeSpan.Zero, gate.QueueTime);
        int admitted = 0;
        TimeSpan retryAfter;
        while (gate.TryEnter("greedy", out retryAfter))
        {
            admitted++;
        }

        Assert.Equal(4 + AdmissionGate.TenantLimit, admitted);
        Assert.True(retryAfter > TimeSpan.Zero);
        for (int tenant = 0; gate.TryEnter($"t{tenant}", out retryAfter); tenant++)
        {
            admitted++;
        }

        Assert.Equal(4 + AdmissionGate.QueueLimit, admitted);
        gate.Leave("greedy");
        Assert.True(gate.TryEnter("greedy", out _));

        // Jobs hold a slot for eight seconds now: one of four slots comes free every two, and 64 wait.
        for (int job = 0; job < 40; job++)
        {
            pace.Ended(tokens: 100, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8));
        }

        Assert.Equal(25, pace.TokensPerSecond);
        Assert.Equal(130, gate.QueueTime.TotalSeconds, 1e-2);
        Assert.False(gate.TryEnter("late", out retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(2), retryAfter);
    }
}

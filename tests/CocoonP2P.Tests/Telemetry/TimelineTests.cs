using CocoonP2P.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Telemetry;

public sealed class TimelineTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Start);

    [Fact]
    public void A_jobs_steps_come_back_in_order_with_their_times_and_facts()
    {
        Timeline timeline = new(_time);
        timeline.Add("locked", "a", ("cap_nanoton", "5"));
        _time.Advance(TimeSpan.FromSeconds(1));
        timeline.Add("finished", "a");
        timeline.Add("finished", "b");
        timeline.Add("peers");

        Assert.Equal(["locked", "finished"], timeline.Of("a").Select(s => s.Step));
        Assert.Equal([Start, Start.AddSeconds(1)], timeline.Of("a").Select(s => s.At));
        Assert.Equal("5", Assert.Single(timeline.Of("a")[0].Facts).Value);
        Assert.Empty(timeline.Of("c"));
    }

    [Fact]
    public void Of_257_jobs_the_oldest_is_forgotten()
    {
        Timeline timeline = new(_time);
        for (int job = 0; job <= 256; job++)
        {
            timeline.Add("locked", $"{job}");
        }

        Assert.Empty(timeline.Of("0"));
        Assert.Single(timeline.Of("1"));
        Assert.Single(timeline.Of("256"));
    }

    [Fact]
    public void Of_one_job_64_steps_are_kept()
    {
        Timeline timeline = new(_time);
        for (int step = 0; step < 100; step++)
        {
            timeline.Add($"{step}", "a");
        }

        Assert.Equal(64, timeline.Of("a").Count);
        Assert.Equal("0", timeline.Of("a")[0].Step);
    }

    [Fact]
    public async Task A_watcher_sees_what_happens_from_then_on()
    {
        Timeline timeline = new(_time);
        timeline.Add("before");
        await using IAsyncEnumerator<TimelineStep> watcher =
            timeline.WatchAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        ValueTask<bool> next = watcher.MoveNextAsync();
        timeline.Add("after", "a");

        Assert.True(await next);
        Assert.Equal("after", watcher.Current.Step);
    }
}

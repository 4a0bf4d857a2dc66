using CocoonP2P.Attestation;
using CocoonP2P.Attestation.Simulated;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Attestation;

/// <summary>The kernel's report folder, played by a fake.</summary>
public sealed class ConfigFsTsmTests
{
    private readonly FakeTimeProvider clock = new(SimulatedWorld.Now) { AutoAdvanceAmount = TimeSpan.Zero };

    [Fact]
    public async Task A_quote_is_the_kernels_without_padding_and_its_folder_is_removed()
    {
        var report = new FakeReport();
        TdxQuote quote = await AskAsync(report);
        Assert.True(SimulatedWorld.Data.Matches(quote.Body.ReportData));
        Assert.True(report.IsRemoved);
    }

    [Fact]
    public async Task A_busy_kernel_is_asked_again()
    {
        var report = new FakeReport { BusyFor = 3 };
        ValueTask<TdxQuote> asked = AskAsync(report);
        while (!asked.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(20));
        }

        await asked;
        Assert.Equal(0, report.BusyFor);
    }

    [Fact]
    public async Task After_ten_seconds_without_a_quote_it_gives_up()
    {
        var report = new FakeReport { BusyFor = int.MaxValue };
        ValueTask<TdxQuote> asked = AskAsync(report);
        clock.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<IOException>(async () => await asked);
        Assert.True(report.IsRemoved);
    }

    [Fact]
    public async Task Another_writer_of_the_report_is_noticed() =>
        await Assert.ThrowsAsync<IOException>(async () => await AskAsync(new FakeReport { Steps = 2 }));

    [Fact]
    public async Task Another_provider_is_refused() =>
        await Assert.ThrowsAsync<IOException>(async () => await AskAsync(new FakeReport { Provider = "sev_guest" }));

    [Fact]
    public async Task A_quote_over_other_data_is_refused() =>
        await Assert.ThrowsAsync<IOException>(async () => await AskAsync(new FakeReport { Answered = new ReportData(new byte[64]) }));

    [Fact]
    public async Task Any_other_failure_of_the_kernel_is_passed_on() =>
        await Assert.ThrowsAsync<IOException>(async () => await AskAsync(new FakeReport { BusyFor = 1, Error = 5 }));

    private ValueTask<TdxQuote> AskAsync(FakeReport report) =>
        new ConfigFsTsmQuoteProvider(clock, _ => report).GetQuoteAsync(SimulatedWorld.Data, TestContext.Current.CancellationToken);

    private sealed class FakeReport : ITsmReport
    {
        private int generation;

        public int BusyFor { get; set; }

        public int Error { get; init; } = 16;

        public int Steps { get; init; } = 1;

        public string Provider { get; init; } = "tdx_guest";

        public ReportData Answered { get; init; } = SimulatedWorld.Data;

        public bool IsRemoved { get; private set; }

        public string ReadText(string name) => name switch
        {
            "provider" => Provider,
            "generation" => generation.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => throw new FileNotFoundException(name),
        };

        public void WriteInBlob(ReadOnlySpan<byte> data) => generation += Steps;

        public byte[] ReadOutBlob()
        {
            if (BusyFor > 0)
            {
                BusyFor--;
                throw new IOException("busy", Error);
            }

            SimulatedEvidence evidence = SimulatedWorld.Tee.Evidence(SimulatedWorld.Td, "platform", SimulatedWorld.Now, null);
            return [.. new SimulatedQuoteProvider(evidence).MakeQuote(Answered), .. new byte[70]];
        }

        public void Dispose() => IsRemoved = true;
    }
}

using CocoonP2P.Libp2p;

namespace CocoonP2P.Tests.Libp2p.Connections;

public sealed class MultistreamTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Golden_lines_are_written()
    {
        foreach (var vector in Vectors.All["multistream"]!.AsArray())
        {
            Assert.Equal(vector!.Bytes("bytes"), Multistream.Line(vector!.Text("text")));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task A_dialler_takes_the_first_that_the_remote_has_and_reads_no_further(int piece)
    {
        var remote = new ScriptedChannel([.. Lines("/multistream/1.0.0", "na", "/b/1"), 42], piece);
        Assert.Equal("/b/1", await Multistream.SelectAsync(remote, ["/a/1", "/b/1"], Ct));
        Assert.Equal(Lines("/multistream/1.0.0", "/a/1", "/b/1"), remote.Heard);
        byte[] next = new byte[1];
        await remote.ReadExactlyAsync(next, Ct);
        Assert.Equal(42, next[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task A_listener_says_na_until_it_has_what_is_proposed(int piece)
    {
        var remote = new ScriptedChannel(Lines("/multistream/1.0.0", "/a/1", "/b/1"), piece);
        Assert.Equal("/b/1", await Multistream.AnswerAsync(remote, p => p == "/b/1", Ct));
        Assert.Equal(Lines("/multistream/1.0.0", "na", "/b/1"), remote.Heard);
    }

    [Fact]
    public async Task More_than_32_proposals_are_refused()
    {
        string[] proposals = [.. Enumerable.Range(0, 33).Select(i => $"/{i}")];
        Assert.Equal("negotiation", await AnswerCodeAsync(Lines(["/multistream/1.0.0", .. proposals])));
    }

    [Fact]
    public async Task A_line_of_1024_bytes_is_read_and_a_longer_one_refused_before_it_is_read()
    {
        string longest = "/" + new string('x', 1022);
        var remote = new ScriptedChannel(Lines("/multistream/1.0.0", longest));
        Assert.Equal(longest, await Multistream.AnswerAsync(remote, _ => true, Ct));

        byte[] longer = [.. Lines("/multistream/1.0.0"), 0x81, 0x08];
        Assert.Equal("too-long", await AnswerCodeAsync(longer));
    }

    [Theory]
    [InlineData("132f6d756c746973747265616d2f312e302e30", "truncated")]
    [InlineData("00", "negotiation")]
    [InlineData("0178", "negotiation")]
    [InlineData("02ff0a", "negotiation")]
    [InlineData("8000", "length")]
    [InlineData("", "truncated")]
    public async Task What_is_not_multistream_is_refused(string hex, string code) =>
        Assert.Equal(code, await AnswerCodeAsync(Convert.FromHexString(hex)));

    [Fact]
    public async Task A_conversation_cut_at_any_byte_is_refused()
    {
        byte[] whole = Lines("/multistream/1.0.0", "/a/1", "/b/1");
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Equal("truncated", await AnswerCodeAsync(whole[..length]));
        }
    }

    [Fact]
    public async Task An_answer_that_was_not_proposed_is_refused()
    {
        var remote = new ScriptedChannel(Lines("/multistream/1.0.0", "/c/1"));
        Libp2pException error = await Assert.ThrowsAsync<Libp2pException>(() => Multistream.SelectAsync(remote, ["/a/1"], Ct));
        Assert.Equal("negotiation", error.Code);
    }

    private static byte[] Lines(params string[] lines) => [.. lines.SelectMany(Multistream.Line)];

    private static async Task<string> AnswerCodeAsync(byte[] script) =>
        (await Assert.ThrowsAsync<Libp2pException>(() => Multistream.AnswerAsync(new ScriptedChannel(script), p => p == "/b/1", Ct))).Code;
}

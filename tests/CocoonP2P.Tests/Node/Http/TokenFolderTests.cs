using CocoonP2P.Node.Http;
using CocoonP2P.Node.Http.Doors;
using CocoonP2P.Options;
using CocoonP2P.Protocol;

namespace CocoonP2P.Tests.Node.Http;

public sealed class TokenFolderTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cocoon-tokens-").FullName;

    [Fact]
    public void A_file_is_a_token_with_the_scope_of_its_name_and_limits_below()
    {
        string alice = new('a', 32), admin = new('b', 64);
        Write("infer-alice.token", $"{alice}\nper_request = \"0.01 TON\"\nper_day = \"1 TON\"\ntotal = \"20 TON\"\n");
        Write("admin.token", admin);
        KeyRing keys = TokenFolder.Load(_folder);
        ApiKey found = keys.Find("Bearer " + alice)!;
        Assert.Equal(("infer-alice", Scope.Infer), (found.Name, found.Scope));
        Assert.Equal(new KeyLimits { PerRequest = new NanoTon(10_000_000), PerDay = new NanoTon(1_000_000_000), Total = new NanoTon(20_000_000_000) }, found.Limits);
        Assert.Equal(Scope.Admin, keys.Find("bearer " + admin)!.Scope);
        Assert.Null(keys.Find("Bearer " + alice + "a"));
        Assert.Null(keys.Find("Basic " + alice));
        Assert.Null(keys.Find(null));
    }

    [Theory]
    [InlineData("root.token", "00000000000000000000000000000000", "no scope")]
    [InlineData("infer.token", "short", "no token")]
    [InlineData("infer.token", "0000000000000000 000000000000000", "no token")]
    [InlineData("infer.token", "00000000000000000000000000000000\nper_week = \"1 TON\"", "infer.token:2: per_week")]
    [InlineData("infer.token", "00000000000000000000000000000000\nper_day = 1", "infer.token:2: per_day")]
    [InlineData("infer.token", "00000000000000000000000000000000\nper_day", "infer.token:2")]
    public void A_file_that_is_wrong_is_named_with_its_line(string name, string content, string said)
    {
        Write(name, content);
        CocoonException wrong = Assert.Throws<CocoonException>(() => TokenFolder.Load(_folder));
        Assert.Equal(ErrorCode.Configuration, wrong.Code);
        Assert.Contains(said, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0000000000000000", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_others_may_read_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix modes");
        Write("infer.token", new string('a', 32));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(_folder, "infer.token"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        }

        Assert.Contains("chmod 600", Assert.Throws<CocoonException>(() => TokenFolder.Load(_folder)).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_tokens_is_refused() => Assert.Throws<CocoonException>(() => TokenFolder.Load(_folder));

    [Theory]
    [InlineData("0.0.0.0:4610", false)]
    [InlineData("127.0.0.1:4610", true)]
    [InlineData("[::1]:4610", true)]
    [InlineData("somewhere", false)]
    public void Only_loopback_opens_without_tokens(string address, bool opens)
    {
        CocoonOptions options = new() { Api = new ApiOptions { Openai = address } };
        if (opens)
        {
            Assert.NotEmpty(ApiSettings.Of(options, "s", _folder).Warnings);
        }
        else
        {
            Assert.Equal(ErrorCode.Configuration, Assert.Throws<CocoonException>(() => ApiSettings.Of(options, "s", _folder)).Code);
        }
    }

    [Fact]
    public void Any_address_opens_with_tokens()
    {
        Write("infer.token", new string('a', 32));
        ApiSettings settings = ApiSettings.Of(new() { Api = new ApiOptions { Openai = "0.0.0.0:4610", Tokens = _folder } }, "s", _folder);
        Assert.Empty(settings.Warnings);
        Assert.False(settings.Keys.IsEmpty);
    }

    private void Write(string name, string content)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}

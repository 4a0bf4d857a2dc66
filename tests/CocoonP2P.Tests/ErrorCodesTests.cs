namespace CocoonP2P.Tests;

public sealed class ErrorCodesTests
{
    [Fact]
    public void Every_code_has_a_name_of_its_own_that_reads_back()
    {
        ErrorCode[] codes = Enum.GetValues<ErrorCode>();
        Assert.Equal(codes.Length, codes.Select(c => c.Name()).Distinct(StringComparer.Ordinal).Count());
        Assert.All(codes, c => Assert.Equal(c, ErrorCodes.Parse(c.Name())));
        Assert.Equal(ErrorCode.Failed, ErrorCodes.Parse("no such name"));
        Assert.Equal(ErrorCode.Failed, ErrorCodes.Parse(null));
    }

    [Fact]
    public void The_document_has_every_code_with_its_exit_and_HTTP_status()
    {
        string[] lines = File.ReadAllLines(Repository.File("docs/protocol/errors.md"));
        Assert.All(
            Enum.GetValues<ErrorCode>(),
            c => Assert.Contains(lines, l => l.StartsWith($"| `{c.Name()}` | {c.ExitCode()} | {c.HttpStatus()} |", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(ErrorCode.Failed, 1)]
    [InlineData(ErrorCode.Usage, 2)]
    [InlineData(ErrorCode.NoNode, 3)]
    [InlineData(ErrorCode.AttestationRefused, 4)]
    [InlineData(ErrorCode.InsufficientFunds, 5)]
    [InlineData(ErrorCode.Configuration, 78)]
    [InlineData(ErrorCode.Interrupted, 130)]
    public void Exit_codes_are_those_that_scripts_rely_on(ErrorCode code, int exit) => Assert.Equal(exit, code.ExitCode());
}

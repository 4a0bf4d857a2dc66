using System.CommandLine;
using CocoonP2P.Attestation;
using CocoonP2P.Networks;
using CocoonP2P.Node.Commands.Help;
using CocoonP2P.Node.Http;
using CocoonP2P.Node.Networks;
using CocoonP2P.Receipts;
using CocoonP2P.Sessions;

namespace CocoonP2P.Node.Commands;

/// <summary>`cocoon verify RECEIPT`: works without a network and prints each factor.</summary>
internal static class VerifyCommand
{
    public static Command Build()
    {
        Argument<FileInfo> file = new("receipt") { Description = "receipt.json" };
        Option<FileInfo?> manifest = new("--manifest") { HelpName = "FILE", Description = "The network's manifest; without it, bootstrap/local.toml" };
        CocoonCommand command = new("verify", "Check a receipt offline, factor by factor")
        {
            Group = CommandGroup.Network,
            Success = "nothing failed",
            Failures = [ErrorCode.AttestationRefused, ErrorCode.Configuration],
            Examples = ["cocoon verify receipt.json --manifest bootstrap/local.toml"],
        };
        command.Arguments.Add(file);
        command.AddAll(manifest);
        command.SetAction((result, cancellationToken) => CommandTree.GuardAsync(
            result.GetValue(CommandTree.Json),
            () => VerifyAsync(result.GetValue(file)!, result.GetValue(manifest), result.GetValue(CommandTree.Json), cancellationToken)));
        return command;
    }

    private static async Task<int> VerifyAsync(FileInfo file, FileInfo? manifestFile, bool json, CancellationToken cancellationToken)
    {
        if (!file.Exists)
        {
            throw new CocoonException(ErrorCode.Usage, $"{file.FullName} is absent", "name a receipt; the demo prints where it put one");
        }

        Receipt receipt = ReceiptJson.TryRead(await File.ReadAllBytesAsync(file.FullName, cancellationToken), out string problem)
            ?? throw new CocoonException(ErrorCode.Usage, $"{file.Name} is no receipt: {problem}", "docs/protocol/receipt.md says what one is");
        NetworkManifest manifest = Load(manifestFile?.FullName ?? Path.Combine(AppContext.BaseDirectory, "bootstrap", "local.toml"));
        FixedTime then = new(receipt.AppraisedAt);
        CocoonOptions options = LocalNetwork.Trusting(new CocoonOptions());
        using HttpClient http = new();
        IEvidenceAppraiser appraiser = Judges.Of(TrustRules.Choose(manifest, options, http, then), new MemoryMonotonicStore(), then);
        IReadOnlyList<ReceiptFactor> factors = await ReceiptVerifier.VerifyAsync(receipt, manifest.NetworkId, appraiser, cancellationToken);
        Print(receipt, factors, json);
        return factors.Any(f => f.Outcome == FactorOutcome.Failed) ? ErrorCode.AttestationRefused.ExitCode() : 0;
    }

    private static NetworkManifest Load(string path)
    {
        return File.Exists(path)
            ? ManifestFile.Parse(path, File.ReadAllText(path))
            : throw new CocoonException(ErrorCode.Configuration, $"{path} is absent", "name the network's manifest: --manifest FILE");
    }

    private static void Print(Receipt receipt, IReadOnlyList<ReceiptFactor> factors, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(System.Text.Encoding.UTF8.GetString(OpenAiJson.Write(w =>
            {
                w.WriteString("receipt", receipt.Hash.ToString());
                w.WriteStartArray("factors");
                foreach (ReceiptFactor factor in factors)
                {
                    w.WriteStartObject();
                    w.WriteString("name", factor.Name);
                    w.WriteString("outcome", Spell(factor.Outcome));
                    w.WriteString("detail", factor.Detail);
                    w.WriteEndObject();
                }

                w.WriteEndArray();
            })));
            return;
        }

        foreach (ReceiptFactor factor in factors)
        {
            Console.Out.WriteLine($"{Spell(factor.Outcome),-11} {factor.Name,-18} {factor.Detail}");
        }
    }

    private static string Spell(FactorOutcome outcome) => outcome switch
    {
        FactorOutcome.Proven => "proven",
        FactorOutcome.NotProven => "not proven",
        _ => "FAILED",
    };

    /// <summary>The moment of the appraisal, so that collateral of that day is asked for and judged.</summary>
    private sealed class FixedTime(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}

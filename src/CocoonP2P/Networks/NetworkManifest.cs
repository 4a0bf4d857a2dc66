using CocoonP2P.Configuration;
using CocoonP2P.Protocol;

namespace CocoonP2P.Networks;

/// <summary>
/// One network: all that could be a hidden coordinator stands in its file under bootstrap/, and node.toml can override
/// every entry of it.
/// </summary>
internal sealed record NetworkManifest
{
    /// <summary>local, testnet or mainnet.</summary>
    public required string Name { get; init; }

    /// <summary>Secret-free seed that a simulated network's TEE root is derived from, 32 bytes; null on a production network.</summary>
    public byte[]? Genesis { get; init; }

    /// <summary>TON global id that signatures of channels name: −239 mainnet, −3 testnet, −777 local.</summary>
    public required int GlobalId { get; init; }

    /// <summary>How often a block comes.</summary>
    public TimeSpan BlockTime { get; init; } = TimeSpan.FromSeconds(1);

    public IReadOnlyList<string> Bootstrap { get; init; } = [];

    /// <summary>toncenter-v2 endpoints.</summary>
    public IReadOnlyList<string> Chain { get; init; } = [];

    /// <summary>What its policy trusts to run, by name.</summary>
    public IReadOnlyList<ReferenceMeasurement> Measurements { get; init; } = [];

    /// <summary>Services that have the collateral of its platforms.</summary>
    public IReadOnlyList<string> Collateral { get; init; } = [];

    /// <summary>The oldest TCB evaluation data number that may judge a platform.</summary>
    public int MinTcbEvaluation { get; init; }

    /// <summary>What a model's name means on this network: hex of its id.</summary>
    public IReadOnlyDictionary<string, string> Models { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a name that nobody explained means what all offers agree on.</summary>
    public bool ModelsFromOffers { get; init; }

    /// <summary>SHA-256 identity: nodes of other networks refuse each other by it, 32 bytes.</summary>
    public byte[] NetworkId => System.Security.Cryptography.SHA256.HashData(
        new SigningBytes("CocoonP2P/network/v1").Text(Name).U32((uint)(GlobalId & 0x7fffffff)).Bytes(Genesis ?? []).ToArray());

    /// <summary>Reads a manifest; each problem names its line.</summary>
    public static NetworkManifest? TryRead(string file, string text, List<ConfigProblem> problems)
    {
        (IReadOnlyList<TomlEntry> entries, IReadOnlyList<ConfigProblem> syntax) = Toml.Read(file, text);
        problems.AddRange(syntax);
        ManifestReader reader = new(file, entries, problems);
        NetworkManifest manifest = new()
        {
            Name = reader.Text("name") ?? "",
            Genesis = reader.Hex("genesis", 32),
            GlobalId = reader.Int("global_id"),
            BlockTime = reader.Duration("block_time") ?? TimeSpan.FromSeconds(1),
            Bootstrap = reader.List("bootstrap"),
            Chain = reader.List("chain"),
            Collateral = reader.List("collateral"),
            MinTcbEvaluation = reader.Int("min_tcb_evaluation"),
            ModelsFromOffers = reader.Flag("models_from_offers"),
            Measurements = reader.Measurements(),
            Models = reader.Models(),
        };
        reader.RefuseOthers();
        return problems.Count == 0 ? manifest : null;
    }
}

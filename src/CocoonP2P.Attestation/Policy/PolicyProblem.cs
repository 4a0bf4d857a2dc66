namespace CocoonP2P.Attestation;

/// <summary>The first thing that is wrong with a policy, in words for the operator who wrote it.</summary>
internal sealed class PolicyProblem
{
    /// <summary>Null while nothing is wrong.</summary>
    public string? Text { get; private set; }

    public void Note(string name, string why) => Text ??= $"\"{name}\" {why}";

    /// <summary>The same, where a value was expected.</summary>
    public T? Note<T>(string name, string why)
        where T : class
    {
        Note(name, why);
        return null;
    }
}

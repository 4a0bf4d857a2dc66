namespace CocoonP2P.Inference.Scheduling;

/// <summary>Keys and values of all slots, wherever they lie. One thread uses it.</summary>
internal interface IKvMemory : IDisposable
{
    /// <summary>Tokens that a slot holds.</summary>
    int Capacity { get; }

    /// <summary>Copies the first tokens of a slot over another's.</summary>
    void Copy(int from, int to, int tokens);

    /// <summary>Exchanges the first tokens of two slots.</summary>
    void Swap(int a, int b, int tokens);

    /// <summary>Zeroes the first tokens of a slot.</summary>
    void Wipe(int slot, int tokens);
}

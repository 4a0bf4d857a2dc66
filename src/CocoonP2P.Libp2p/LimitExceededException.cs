namespace CocoonP2P.Libp2p;

/// <summary>A limit was reached; the message names the setting that moves it.</summary>
public sealed class LimitExceededException(string scope, long limit, long current, string setting)
    : Libp2pException("limit-exceeded", Consequence.RetryLater, $"{scope}: {current} of {limit} in use (Libp2pLimits.{setting})")
{
    /// <summary>What is limited.</summary>
    public string Scope => scope;

    /// <summary>The limit.</summary>
    public long Limit => limit;

    /// <summary>What was in use when it struck.</summary>
    public long Current => current;

    /// <summary>The property of <see cref="Libp2pLimits"/> that holds the limit.</summary>
    public string Setting => setting;
}

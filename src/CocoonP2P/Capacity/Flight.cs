using CocoonP2P.Libp2p;
using CocoonP2P.Ton;

namespace CocoonP2P.Capacity;

/// <summary>One job at one worker, from the choice to its end: what is measured on the way.</summary>
/// <param name="worker">Who runs it.</param>
/// <param name="model">What it asks for.</param>
/// <param name="started">When the worker was chosen.</param>
internal sealed class Flight(PeerId worker, Bits256 model, DateTimeOffset started)
{
    public PeerId Worker => worker;

    public Bits256 Model => model;

    public DateTimeOffset Started => started;

    /// <summary>When the request went out: opening a session and a channel is not the worker's slowness.</summary>
    public DateTimeOffset? Sent { get; set; }

    public DateTimeOffset? FirstToken { get; private set; }

    public DateTimeOffset Last { get; private set; }

    public TimeSpan LongestGap { get; private set; }

    public int Tokens { get; private set; }

    /// <summary>Whether its outcome was told; one that is told later counts for nothing.</summary>
    public bool IsOver { get; set; }

    public void Received(int tokens, DateTimeOffset now)
    {
        if (FirstToken is null)
        {
            FirstToken = now;
        }
        else if (now - Last > LongestGap)
        {
            LongestGap = now - Last;
        }

        Last = now;
        Tokens = (int)Math.Min((long)Tokens + Math.Max(0, tokens), int.MaxValue);
    }

    /// <summary>How long it has been waiting for a first token in vain.</summary>
    public TimeSpan Waiting(DateTimeOffset now) => Sent is { } sent && FirstToken is null && now > sent ? now - sent : TimeSpan.Zero;
}

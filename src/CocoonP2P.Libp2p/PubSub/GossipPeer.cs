namespace CocoonP2P.Libp2p;

/// <summary>What the router knows of one neighbour.</summary>
internal sealed class GossipPeer(PeerId id)
{
    /// <summary>Topics a neighbour may announce; more are not remembered.</summary>
    public const int MaxTopics = 256;

    private const int DontWantHeartbeats = 5;

    private readonly Queue<(MessageId Id, int Expires)> _dontWantOrder = new();
    private readonly HashSet<MessageId> _dontWant = [];

    public PeerId Id => id;

    /// <summary>The stream that counts; null while it has none to us.</summary>
    public long? Inbound { get; set; }

    /// <summary>Our stream to it is open.</summary>
    public bool CanSend { get; set; }

    public bool SpeaksDontWant { get; set; }

    /// <summary>We dialled it, so no attacker chose it for us.</summary>
    public bool Dialled { get; set; }

    public string? Host { get; set; }

    public HashSet<string> Topics { get; } = [];

    public PeerScore Score { get; } = new();

    /// <summary>Until when the neighbour must not be grafted, and since when, by topic.</summary>
    public Dictionary<string, (TimeSpan Since, TimeSpan Until)> Backoff { get; } = [];

    /// <summary>Messages it said it has and we asked for, and by when it must send them.</summary>
    public Dictionary<MessageId, TimeSpan> Promises { get; } = [];

    /// <summary>Messages of its own that wait for a verdict.</summary>
    public int Pending { get; set; }

    public int HaveThisHeartbeat { get; set; }

    public int AskedThisHeartbeat { get; set; }

    public int DontWantThisHeartbeat { get; set; }

    public bool IsGone => Inbound is null && !CanSend;

    public bool DoesNotWant(MessageId message) => _dontWant.Contains(message);

    public void AddDontWant(MessageId message, int heartbeat)
    {
        if (DontWantThisHeartbeat++ < GossipRpcReader.MaxDontWant && _dontWant.Add(message))
        {
            _dontWantOrder.Enqueue((message, heartbeat + DontWantHeartbeats));
        }
    }

    public bool InBackoff(string topic, TimeSpan now) => Backoff.TryGetValue(topic, out (TimeSpan Since, TimeSpan Until) backoff) && now < backoff.Until;

    public void StartBackoff(string topic, TimeSpan now, TimeSpan length)
    {
        TimeSpan until = now + length;
        if (!Backoff.TryGetValue(topic, out (TimeSpan Since, TimeSpan Until) before) || before.Until < until)
        {
            Backoff[topic] = (now, until);
        }
    }

    /// <summary>A heartbeat has passed: counts begin anew, old things are forgotten, broken promises are held against it.</summary>
    public void NextHeartbeat(int heartbeat, TimeSpan now, TimeSpan slack)
    {
        (HaveThisHeartbeat, AskedThisHeartbeat, DontWantThisHeartbeat) = (0, 0, 0);
        while (_dontWantOrder.TryPeek(out (MessageId Id, int Expires) oldest) && oldest.Expires <= heartbeat)
        {
            _dontWant.Remove(_dontWantOrder.Dequeue().Id);
        }

        foreach ((string topic, (_, TimeSpan until)) in Backoff.ToArray())
        {
            if (now >= until + slack)
            {
                Backoff.Remove(topic);
            }
        }

        foreach ((MessageId message, TimeSpan due) in Promises.ToArray())
        {
            if (now >= due)
            {
                Promises.Remove(message);
                Score.Misbehaved();
            }
        }
    }

    /// <summary>What its streams said goes with them; its standing stays.</summary>
    public void ForgetStream()
    {
        Topics.Clear();
        Promises.Clear();
        _dontWant.Clear();
        _dontWantOrder.Clear();
    }
}

namespace CocoonP2P.Libp2p;

/// <summary>The standing of one neighbour, from what it did. Decays once a second.</summary>
/// <remarks>
/// Specification gossipsub-v1.1.md, "The Score Function". P3 is off: it needs a topic's expected rate. The numbers are
/// starting values for the simulation to tune.
/// </remarks>
internal sealed class PeerScore
{
    /// <summary>Below it a neighbour gets no gossip, and its gossip is not heard.</summary>
    public const double GossipThreshold = -50;

    /// <summary>Below it own messages are not sent to it.</summary>
    public const double PublishThreshold = -100;

    /// <summary>Below it nothing it says is heard.</summary>
    public const double GraylistThreshold = -200;

    /// <summary>A mesh whose median is below it looks for better ones.</summary>
    public const double OpportunisticThreshold = 5;

    private const double TimeInMeshWeight = 0.01;
    private const double TimeInMeshCap = 300;
    private const double FirstDeliveryWeight = 0.5;
    private const double FirstDeliveryCap = 100;
    private const double RejectedWeight = -20;
    private const double SameAddressWeight = -10;
    private const int SameAddressThreshold = 4;
    private const double BehaviourWeight = -10;
    private const double BehaviourThreshold = 6;
    private const double TopicCap = 100;

    /// <summary>To a hundredth within ten minutes.</summary>
    private const double FastDecay = 0.9923;

    /// <summary>To a hundredth within an hour.</summary>
    private const double SlowDecay = 0.9987;
    private const double Zero = 0.01;

    private readonly Dictionary<string, double> _secondsInMesh = [];
    private double _firstDeliveries;
    private double _rejected;
    private double _behaviour;

    /// <summary>P5: the application's own opinion.</summary>
    public double Application { get; set; }

    /// <summary>Neighbours behind the same address, this one included.</summary>
    public int SameAddress { get; set; } = 1;

    public double Value
    {
        get
        {
            double inMesh = _secondsInMesh.Values.Sum(s => Math.Min(s, TimeInMeshCap)) * TimeInMeshWeight;
            double topics = Math.Min(TopicCap, inMesh + (_firstDeliveries * FirstDeliveryWeight)) + (_rejected * _rejected * RejectedWeight);
            double crowd = Math.Max(0, SameAddress - SameAddressThreshold);
            double misbehaviour = Math.Max(0, _behaviour - BehaviourThreshold);
            return topics + Application + (crowd * crowd * SameAddressWeight) + (misbehaviour * misbehaviour * BehaviourWeight);
        }
    }

    public void Delivered() => _firstDeliveries = Math.Min(FirstDeliveryCap, _firstDeliveries + 1);

    public void Rejected(int count = 1) => _rejected += count;

    public void Misbehaved(int count = 1) => _behaviour += count;

    public void LeftMesh(string topic) => _secondsInMesh.Remove(topic);

    /// <summary>Time passes, in the mesh of these topics.</summary>
    public void Decay(TimeSpan elapsed, IEnumerable<string> meshes)
    {
        double seconds = elapsed.TotalSeconds;
        foreach (string topic in meshes)
        {
            _secondsInMesh[topic] = _secondsInMesh.GetValueOrDefault(topic) + seconds;
        }

        _firstDeliveries = Toward0(_firstDeliveries, FastDecay, seconds);
        _rejected = Toward0(_rejected, SlowDecay, seconds);
        _behaviour = Toward0(_behaviour, FastDecay, seconds);
    }

    private static double Toward0(double value, double decay, double seconds)
    {
        double next = value * Math.Pow(decay, seconds);
        return next < Zero ? 0 : next;
    }
}

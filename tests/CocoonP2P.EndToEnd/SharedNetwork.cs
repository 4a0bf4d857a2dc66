namespace CocoonP2P.EndToEnd;

/// <summary>One untroubled network for the tests of a class.</summary>
public sealed class SharedNetwork : IAsyncLifetime
{
    private TestNetwork? _network;

    internal TestNetwork Network
    {
        get
        {
            Cocoon.RequireChain();
            return _network!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (CocoonP2P.Ton.LocalChain.LocalTon.IsAvailable(new CocoonP2P.Ton.LocalChain.LocalTonOptions(), out _))
        {
            _network = await TestNetwork.StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_network is not null)
        {
            await _network.DisposeAsync();
        }
    }
}

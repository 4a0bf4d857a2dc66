using CocoonP2P.Hosting;

namespace CocoonP2P.Client;

/// <summary>The node behind a client: there at once, or once the host has started it.</summary>
/// <exception cref="CocoonException">NoNode: nothing has started it, or it has ended.</exception>
internal delegate INode NodeSource();

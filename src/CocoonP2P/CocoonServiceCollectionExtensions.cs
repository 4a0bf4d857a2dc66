using System.Security.Cryptography;
using CocoonP2P.Client;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CocoonP2P;

/// <summary>Puts a node and its clients into a container.</summary>
public static class CocoonServiceCollectionExtensions
{
    /// <summary>
    /// Adds a node that starts and stops with the host, as a <see cref="CocoonNode"/>. Problems of the options stop the host's
    /// start. It takes <see cref="ILoggerFactory"/> and <see cref="TimeProvider"/> from the container, where they are.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">Changes the defaults of a client: <c>o => o with { Network = "testnet" }</c>.</param>
    public static IServiceCollection AddCocoon(this IServiceCollection services, Func<CocoonOptions, CocoonOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => new HostedNode(
            configure?.Invoke(Embedded.Defaults) ?? Embedded.Defaults, provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance, Clock(provider)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, HostedNode>(provider => provider.GetRequiredService<HostedNode>()));
        services.TryAddSingleton(provider => provider.GetRequiredService<HostedNode>().Node);
        return services;
    }

    /// <summary>Adds a chat client for a model of the network. It needs <see cref="AddCocoon"/>.</summary>
    /// <param name="services">The container.</param>
    /// <param name="model">"NAME", "NAME@ID" or the 64 hex digits of an id.</param>
    /// <param name="serviceKey">null for the container's one <see cref="IChatClient"/>; else the key of this one.</param>
    public static IServiceCollection AddCocoonChatClient(this IServiceCollection services, string model, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddKeyedSingleton(
            serviceKey, (provider, _) => Clients.Chat(provider.GetRequiredService<HostedNode>().Engine, model, RandomNumberGenerator.Fill, Clock(provider)));
    }

    /// <summary>Adds an embedding generator for a model of the network. It needs <see cref="AddCocoon"/>.</summary>
    /// <param name="services">The container.</param>
    /// <param name="model">"NAME", "NAME@ID" or the 64 hex digits of an id.</param>
    /// <param name="serviceKey">null for the container's one generator; else the key of this one.</param>
    public static IServiceCollection AddCocoonEmbeddingGenerator(this IServiceCollection services, string model, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddKeyedSingleton(
            serviceKey, (provider, _) => Clients.Embeddings(provider.GetRequiredService<HostedNode>().Engine, model, Clock(provider)));
    }

    private static TimeProvider Clock(IServiceProvider provider) => provider.GetService<TimeProvider>() ?? TimeProvider.System;
}

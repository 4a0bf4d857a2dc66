using CocoonP2P.Protocol;

namespace CocoonP2P.Jobs;

/// <summary>What is missing, and where to send it.</summary>
internal static class Funds
{
    public static InsufficientFundsException Short(string message, string hint, NanoTon needed, NanoTon available, ClientSettings settings) =>
        new(message, hint, needed, available, settings.Wallet.ToString(bounceable: false, testOnly: false));
}

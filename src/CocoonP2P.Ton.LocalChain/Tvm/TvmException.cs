namespace CocoonP2P.Ton.LocalChain.Tvm;

/// <summary>The TVM cannot be loaded or broke down. A contract that fails is an answer, never this.</summary>
internal sealed class TvmException(string message, Exception? inner = null) : Exception(message, inner);

using CocoonP2P.Hosting;
using CocoonP2P.Inference;

namespace CocoonP2P.Node.Hosting;

/// <summary>Loads the models of a worker.</summary>
internal static class WorkerModels
{
    /// <returns>Null on a client.</returns>
    /// <exception cref="CocoonException">Configuration: no model, or one that is altered.</exception>
    public static async Task<InferenceHost?> OpenAsync(CocoonOptions options, DataFolder folder, TimeProvider time, CancellationToken cancellationToken)
    {
        if (options.Node.Role != NodeRole.Worker)
        {
            return null;
        }

        InferenceOptions inference = new()
        {
            StoreFolder = folder.Models,
            Models = options.Inference.Models is ["*"] ? [] : options.Inference.Models,
            Device = options.Inference.Device,
            RequireGpu = options.Inference.RequireGpu,
            EpLibrary = options.Inference.EpLibrary,
            NativeLibrary = options.Inference.Onnxruntime,
            Threads = options.Inference.Threads,
            Slots = options.Inference.Slots,
        };
        try
        {
            InferenceHost host = await InferenceHost.OpenAsync(inference, time, cancellationToken);
            return host.Backend.Models.Count > 0
                ? host
                : throw new CocoonException(ErrorCode.Configuration, $"no model in {folder.Models}", "add one: cocoon models add DIR");
        }
        catch (InferenceException e)
        {
            throw new CocoonException(
                ErrorCode.Configuration, $"inference: {e.Code}: {e.Message}", "cocoon models list and cocoon models add DIR mend the store");
        }
    }
}

using CocoonP2P.Inference;
using CocoonP2P.Text;

namespace CocoonP2P.Models;

/// <summary>The text sides of a store's models. A client needs no more: it renders, tokenizes and decodes, and loads no weights.</summary>
internal static class StoreCatalog
{
    /// <exception cref="InferenceException">A model's tokenizer or template is altered or unsupported.</exception>
    public static IModelCatalog Open(string storeFolder)
    {
        ModelStore store = new(storeFolder);
        return new ModelCatalog([.. store.List().Select(manifest => Text(store, manifest))]);
    }

    /// <exception cref="InferenceException">The tokenizer or template is altered or unsupported.</exception>
    public static IModelText Text(ModelStore store, ModelManifest manifest) => ModelText.Load(
        new TextFacts(manifest.Name, manifest.Id, manifest.Limits.ContextTokens, manifest.Limits.MaxTokens, manifest.Shape.Vocabulary)
        {
            Dimensions = manifest.Shape is EmbedShape embed ? embed.Dimensions : 0,
        },
        store.ReadAll(manifest.File(ModelFile.Tokenizer)),
        manifest.Shape is EmbedShape ? (ReadOnlyMemory<byte>?)null : store.ReadAll(manifest.File(ModelFile.Template)));
}

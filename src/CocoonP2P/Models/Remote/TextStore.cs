using CocoonP2P.Inference;
using CocoonP2P.Protocol;
using CocoonP2P.Text;

namespace CocoonP2P.Models;

/// <summary>The text sides that a client got from workers, on its disk. Every start checks them again, as it does a model of its own.</summary>
internal sealed class TextStore(string folder)
{
    private readonly ModelStore _store = new(folder);

    /// <summary>Null where it is not here, or was altered: then it is got again.</summary>
    public IModelText? TryLoad(ReadOnlyMemory<byte> id)
    {
        try
        {
            return _store.Find(id) is ModelManifest manifest ? StoreCatalog.Text(_store, manifest) : null;
        }
        catch (InferenceException)
        {
            return null;
        }
    }

    /// <exception cref="CocoonException">Configuration: too many are kept.</exception>
    /// <exception cref="InferenceException">What came is not the model, or of a kind that this version cannot read.</exception>
    public IModelText Save(ModelManifest manifest, IReadOnlyDictionary<string, byte[]> files)
    {
        if (_store.List().Count >= Limits.TextsKept && _store.Find(manifest.Id) is null)
        {
            throw new CocoonException(
                ErrorCode.Configuration, $"{folder} has the tokenizers of {Limits.TextsKept} models, and no more are kept", "delete that folder: what is needed is fetched again");
        }

        _store.AddTexts(manifest, files);
        return StoreCatalog.Text(_store, manifest);
    }
}

namespace CocoonP2P.Inference.Onnx;

/// <summary>Which fields of a message were met; for those that may stand once.</summary>
internal struct FieldSet
{
    private uint _met;

    /// <summary>Notes a field below 32.</summary>
    /// <exception cref="InferenceException">ModelInvalid: it was met before.</exception>
    public void Once(int field)
    {
        ProtoReader.Require(!Has(field), $"field {field} stands twice");
        _met |= 1u << field;
    }

    public readonly bool Has(int field) => (_met & (1u << field)) != 0;
}

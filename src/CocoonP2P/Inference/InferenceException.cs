namespace CocoonP2P.Inference;

/// <summary>Why a job cannot run. Callers branch on <see cref="Code"/>; the message is for a person and holds no user data.</summary>
internal sealed class InferenceException(InferenceErrorCode code, string message) : Exception(message)
{
    /// <summary>Stable.</summary>
    public InferenceErrorCode Code { get; } = code;
}

/// <summary>The closed list of failures of an inference backend.</summary>
internal enum InferenceErrorCode
{
    /// <summary>No loaded model has this id.</summary>
    UnknownModel,

    /// <summary>A file of the model is missing, altered, or breaks the graph contract.</summary>
    ModelInvalid,

    /// <summary>The model is sound, but asks for what this engine does not have.</summary>
    ModelUnsupported,

    /// <summary>A part of tokenizer.json that the loader does not implement; the message names it.</summary>
    TokenizerUnsupported,

    /// <summary>The chat template failed or is outside the supported subset.</summary>
    TemplateError,

    /// <summary>Prompt and answer do not fit the context.</summary>
    PromptTooLong,

    /// <summary>A parameter out of its range.</summary>
    BadParameter,

    /// <summary>The model produced a NaN.</summary>
    BadLogits,

    /// <summary>A step or the job outran its time.</summary>
    Deadline,

    /// <summary>The device or its provider failed.</summary>
    DeviceLost,
}

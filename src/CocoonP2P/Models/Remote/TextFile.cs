namespace CocoonP2P.Models;

/// <summary>What a client needs of a model to count and read its tokens.</summary>
internal enum TextFile
{
    /// <summary>The canonical manifest; its hash is the model's id.</summary>
    Manifest,

    /// <summary>tokenizer.json.</summary>
    Tokenizer,

    /// <summary>chat_template.jinja.</summary>
    Template,
}

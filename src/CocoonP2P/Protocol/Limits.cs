namespace CocoonP2P.Protocol;

/// <summary>Every bound that a peer can make this node hit, in one place, each with the sum that set it.</summary>
internal static class Limits
{
    /// <summary>A model in a list in an offer, doubled: our deepest message is 4 deep.</summary>
    public const int WireDepth = 8;

    /// <summary>One gossip message: 8 models of 150 bytes, 4 addresses of 100, keys and signature 300.</summary>
    public const int OfferBytes = 2048;

    /// <summary>Models in one offer: a worker with more advertises those it wants work for.</summary>
    public const int OfferModels = 8;

    /// <summary>TCP on IPv4 and IPv6, and the same by name.</summary>
    public const int OfferAddresses = 4;

    /// <summary>The longest, /dns with a name of 60 and a peer id, is 128.</summary>
    public const int AddressBytes = 128;

    /// <summary>The longest name in models/ is 41.</summary>
    public const int ModelNameBytes = 64;

    /// <summary>8 GPUs with 32 jobs batched on each.</summary>
    public const int SlotsPerWorker = 256;

    /// <summary>Workers remembered at once: ten times the network that the simulator is sized for, 10 MiB.</summary>
    public const int OffersKept = 4096;

    /// <summary>An offer is repeated every 10 s and dies unaided after four that were missed.</summary>
    public static readonly TimeSpan OfferLife = TimeSpan.FromSeconds(45);

    /// <summary>How far a peer's clock may differ before its offers are ignored.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    /// <summary>Open jobs of one channel: what the contract's gas budget for resolving a lock was measured with.</summary>
    public const int LocksPerChannel = 32;

    /// <summary>Finished jobs under one root; the contract only keeps the root, so this bounds our own memory.</summary>
    public const int JobsPerBatch = 1024;

    /// <summary>States that the client may send ahead of the worker's acks.</summary>
    public const int UnackedStates = 8;

    /// <summary>Two changes for each of 32 open jobs, and a new batch; rounded down, the rest takes the next state.</summary>
    public const int ChangesPerState = 64;

    /// <summary>64 changes of at most 96 bytes, and 300 bytes of body and signature, rounded up.</summary>
    public const int PaymentMessageBytes = 8 * 1024;

    /// <summary>Fields that later versions may append to a message; this one skips them.</summary>
    public const int LaterFields = 4;

    /// <summary>The longest code in PaymentCode is 20.</summary>
    public const int CodeBytes = 32;

    /// <summary>Two addresses of 48 bytes, five digests of 32, twelve numbers of 9, doubled.</summary>
    public const int QuoteBytes = 1024;

    /// <summary>Challenge periods that a quote may list.</summary>
    public const int PeriodsPerQuote = 8;

    /// <summary>Tokens of one prompt: the longest context in models/ and room for four times it, 128 KiB on the wire.</summary>
    public const int PromptTokens = 32 * 1024;

    /// <summary>Tokens delivered before they are paid for; the second chunk waits for the first one's voucher.</summary>
    public const int ChunkTokens = 64;

    /// <summary>Stop strings of one job, as many as OpenAI allows, four times.</summary>
    public const int StopStrings = 16;

    /// <summary>Bytes of a stop string.</summary>
    public const int StopBytes = 128;

    /// <summary>Answers to one prompt: what the generator's counter has room for.</summary>
    public const int Choices = 128;

    /// <summary>Answers that one order may ask for: each is a job, with a lock.</summary>
    public const int ChoicesOfOrder = 8;

    /// <summary>Changed logits of one job, as many as OpenAI allows.</summary>
    public const int LogitBiases = 300;

    /// <summary>Alternatives of one token, as many as OpenAI allows.</summary>
    public const int TopLogprobs = 20;

    /// <summary>A schema: 64 KiB. With the longest prompt, stop strings and biases a request stays below a record of 256 KiB.</summary>
    public const int GrammarBytes = 64 * 1024;

    /// <summary>Texts of one embedding job; with 4,096 dimensions their vectors are 4 MiB, in 32 parts.</summary>
    public const int Inputs = 256;

    /// <summary>The longest vector: the largest embedding models have 4,096 numbers.</summary>
    public const int Dimensions = 4096;

    /// <summary>Numbers in one part of an embedding's result: 128 KiB, half a record.</summary>
    public const int VectorPartValues = 32 * 1024;

    /// <summary>A file of a model's text side: the largest tokenizer that a manifest may name.</summary>
    public const int TextBytes = 64 * 1024 * 1024;

    /// <summary>One piece of it: half a session record, so that a piece and its frame always fit one.</summary>
    public const int TextPartBytes = 128 * 1024;

    /// <summary>A piece, its 32 bytes of id and four numbers.</summary>
    public const int TextMessageBytes = TextPartBytes + 256;

    /// <summary>Text sides that a client keeps of models it does not have: 32 tokenizers of 8 MiB are 256 MiB of disk.</summary>
    public const int TextsKept = 32;
}

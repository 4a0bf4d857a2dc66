using System.Text;
using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Text;

namespace CocoonP2P.Train.Evaluation;

/// <summary>Asks a model folder through the engine that a node runs: the greedy answer to a conversation.</summary>
internal sealed class Speaker : IAsyncDisposable
{
    private readonly string _store;
    private readonly InferenceHost _host;
    private readonly IModelText _text;

    private Speaker(string store, InferenceHost host, IModelText text) => (_store, _host, _text) = (store, host, text);

    public static async Task<Speaker> OpenAsync(string folder)
    {
        string store = Directory.CreateTempSubdirectory("cocoon-eval").FullName;
        new ModelStore(store).Add(folder);
        InferenceOptions options = new() { StoreFolder = store, Device = "cpu", Slots = 1 };
        InferenceHost host = await InferenceHost.OpenAsync(options, TimeProvider.System);
        return new Speaker(store, host, host.Catalog.Texts[0]);
    }

    /// <summary>The answer, its tokens, and whether the model ended it.</summary>
    public async Task<(string Text, int Tokens, bool Ended)> AnswerAsync(IReadOnlyList<ChatTurn> prompt)
    {
        JobSpec job = new(_text.Id, _text.EncodeChat(new ChatPrompt(prompt)), _text.MaxTokens, new SamplingParameters { Temperature = 0 }, []);
        Admission admission = await _host.Backend.AdmitAsync(job);
        ITextStream stream = _text.OpenStream([]);
        StringBuilder answer = new();
        JobEvent.Finished? end = null;
        await foreach (JobEvent happened in _host.Backend.RunAsync(admission))
        {
            if (happened is JobEvent.Delta delta)
            {
                answer.Append(stream.Append(delta.TokenIds.Span));
            }

            end = happened as JobEvent.Finished;
        }

        answer.Append(stream.Finish());
        return (answer.ToString(), end?.CompletionTokens ?? 0, end?.Reason == FinishReason.Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_store, recursive: true);
    }
}

using System.Runtime.InteropServices;
using System.Text.Json;
using CocoonP2P.Jobs;
using CocoonP2P.Node.Http.Requests;

namespace CocoonP2P.Node.Http.Responses;

/// <summary>A list of embeddings, as numbers or as base64 of little-endian single floats.</summary>
internal static class EmbeddingDocument
{
    public static byte[] Write(EmbeddingRequest request, EmbeddingAnswer answer)
    {
        Provenance provenance = new();
        provenance.Add(answer.Accepted);
        return OpenAiJson.Write(w =>
        {
            w.WriteString("object", "list");
            w.WriteStartArray("data");
            for (int i = 0; i < answer.Vectors.Count; i++)
            {
                w.WriteStartObject();
                w.WriteString("object", "embedding");
                w.WriteNumber("index", i);
                WriteVector(w, Shorten(answer.Vectors[i], request.Dimensions), request.Base64);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteString("model", request.Order.Model);
            UsageJson.WritePromptOnly(w, answer.Usage, answer.Cost);
            provenance.Write(w, answer.Cost);
        });
    }

    /// <summary>The first numbers of a vector, brought back to its length: what models trained for it allow.</summary>
    private static float[] Shorten(float[] vector, int? dimensions)
    {
        if (dimensions is not int kept || kept == vector.Length)
        {
            return vector;
        }

        if (kept > vector.Length)
        {
            throw new BadFieldException("dimensions", $"the model gives {vector.Length}");
        }

        float length = Norm(vector.AsSpan(0, kept)), whole = Norm(vector);
        return length == 0 ? vector[..kept] : [.. vector.Take(kept).Select(value => value / length * whole)];
    }

    private static float Norm(ReadOnlySpan<float> vector)
    {
        double sum = 0;
        foreach (float value in vector)
        {
            sum += (double)value * value;
        }

        return (float)Math.Sqrt(sum);
    }

    private static void WriteVector(Utf8JsonWriter w, float[] vector, bool base64)
    {
        if (base64)
        {
            w.WriteBase64String("embedding", MemoryMarshal.AsBytes<float>(vector));
            return;
        }

        w.WriteStartArray("embedding");
        foreach (float value in vector)
        {
            w.WriteNumberValue(value);
        }

        w.WriteEndArray();
    }
}

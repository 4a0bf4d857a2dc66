using CocoonP2P.Inference;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;
using MessagePack;
using MessagePack.Formatters;

namespace CocoonP2P.Jobs;

/// <summary>An array whose first field says which message it is, docs/protocol/job.md §2.</summary>
internal sealed class JobMessageFormatter : IMessagePackFormatter<JobMessage>
{
    private enum Kind : byte
    {
        Request = 1,
        Chunk = 2,
        End = 3,
        Cancel = 4,
        Refused = 5,
        Vectors = 6,
    }

    public void Serialize(ref MessagePackWriter writer, JobMessage value, MessagePackSerializerOptions options)
    {
        switch (value)
        {
            case JobRequest request:
                Begin(ref writer, Kind.Request, 5, value);
                JobTermsFieldsFormat.Write(ref writer, request.Terms);
                JobSpecFormat.Write(ref writer, request.Spec);
                writer.Write(request.Channel.ToArray());
                break;
            case JobChunk chunk:
                Begin(ref writer, Kind.Chunk, 5, value);
                writer.Write(chunk.Index);
                TokenIdsFormat.Write(ref writer, chunk.TokenIds);
                LogprobsFormat.Write(ref writer, chunk.Logprobs);
                break;
            case JobEnd end:
                Begin(ref writer, Kind.End, 6, value);
                writer.Write((byte)end.Reason);
                writer.Write(end.PromptTokens);
                writer.Write(end.CachedTokens);
                writer.Write(end.CompletionTokens);
                break;
            case JobVectors vectors:
                Begin(ref writer, Kind.Vectors, 4, value);
                writer.Write(vectors.Index);
                VectorFormat.Write(ref writer, vectors.Values);
                break;
            case JobCancel:
                Begin(ref writer, Kind.Cancel, 2, value);
                break;
            case JobRefused refused:
                Begin(ref writer, Kind.Refused, 4, value);
                writer.Write(refused.Code);
                writer.Write((long)refused.RetryAfter.TotalMilliseconds);
                break;
        }
    }

    public JobMessage Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        options.Security.DepthStep(ref reader);
        int fields = reader.ReadArrayHeader();
        Wire.Require(fields is >= 2 and <= 6 + Limits.LaterFields, "job message: number of fields");
        Kind kind = (Kind)reader.ReadByte();
        byte[] jobHash = WireReading.Fixed(ref reader, 32, "job message: job hash");
        (JobMessage message, int known) = kind switch
        {
            Kind.Request => ((JobMessage)ReadRequest(ref reader, jobHash), 5),
            Kind.Chunk => (ReadChunk(ref reader, jobHash), 5),
            Kind.End => (ReadEnd(ref reader, jobHash), 6),
            Kind.Cancel => (new JobCancel(jobHash), 2),
            Kind.Refused => (ReadRefused(ref reader, jobHash), 4),
            Kind.Vectors => (new JobVectors(jobHash, reader.ReadUInt32(), VectorFormat.Read(ref reader)), 4),
            _ => throw new MessagePackSerializationException("job message: unknown kind"),
        };
        Wire.Require(fields >= known, "job message: a field is missing");
        WireReading.SkipAppended(ref reader, fields, known);
        reader.Depth--;
        return message;
    }

    private static void Begin(ref MessagePackWriter writer, Kind kind, int fields, JobMessage message)
    {
        writer.WriteArrayHeader(fields);
        writer.Write((byte)kind);
        writer.Write(message.JobHash);
    }

    private static JobRequest ReadRequest(ref MessagePackReader reader, byte[] jobHash) => new(
        jobHash, JobTermsFieldsFormat.Read(ref reader), JobSpecFormat.Read(ref reader),
        new Bits256(WireReading.Fixed(ref reader, Bits256.Size, "job request: channel")));

    private static JobChunk ReadChunk(ref MessagePackReader reader, byte[] jobHash)
    {
        uint index = reader.ReadUInt32();
        int[] ids = TokenIdsFormat.Read(ref reader, Limits.ChunkTokens);
        return new JobChunk(jobHash, index, ids) { Logprobs = LogprobsFormat.Read(ref reader, ids.Length) };
    }

    private static JobEnd ReadEnd(ref MessagePackReader reader, byte[] jobHash)
    {
        byte reason = reader.ReadByte();
        Wire.Require(reason <= (byte)FinishReason.Length, "job end: reason");
        return new JobEnd(jobHash, (FinishReason)reason, reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32());
    }

    private static JobRefused ReadRefused(ref MessagePackReader reader, byte[] jobHash)
    {
        string code = WireReading.Ascii(ref reader, Limits.CodeBytes, "job refused: code");
        long milliseconds = reader.ReadInt64();
        Wire.Require(milliseconds is >= 0 and <= 86_400_000, "job refused: retry after");
        return new JobRefused(jobHash, code, TimeSpan.FromMilliseconds(milliseconds));
    }
}

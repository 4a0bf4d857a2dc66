using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;
using CocoonP2P.Ton;
using CsCheck;

namespace CocoonP2P.Tests.Jobs;

public sealed class JobMessageTests
{
    private static readonly Gen<byte[]> Digests = Gen.Byte.Array[32];
    private static readonly Gen<int[]> Ids = Gen.Int[0, int.MaxValue].Array[1, 64];

    private static readonly Gen<JobSpec> Specs =
        from model in Digests
        from prompt in Ids
        from most in Gen.Int[65, 9999]
        from sampling in JobSpecs.Sampling
        from stop in Gen.String[Gen.Char['a', 'z'], 1, 20].Array[0, 16]
        from resume in Gen.Int[0, int.MaxValue].Array[0, 64]
        from top in Gen.Int[-1, 20]
        from grammar in JobSpecs.Grammar
        select new JobSpec(model, prompt, most, sampling, stop) { Resume = resume, TopLogprobs = top, Grammar = grammar };

    private static readonly Gen<JobTermsFields> Terms = Gen.Select(Gen.Byte.Array[16], Digests, Gen.UInt, (nonce, digest, deadline) =>
        new JobTermsFields(nonce, digest, digest, deadline, digest, digest, digest));

    private static readonly Gen<JobMessage> Messages = Gen.OneOf<JobMessage>(
        Gen.Select(Digests, Terms, Specs, (job, terms, spec) => (JobMessage)new JobRequest(job, terms, spec, new Bits256(job))),
        Gen.Select(Digests, Gen.UInt, Ids, (job, index, ids) => (JobMessage)new JobChunk(job, index, ids)),
        Gen.Select(Digests, Ids, JobSpecs.Logprobs, (job, ids, likely) =>
            (JobMessage)new JobChunk(job, 0, ids) { Logprobs = [.. ids.Select(_ => likely)] }),
        Gen.Select(Digests, Gen.UInt, Gen.Single[-9, 9].Array[1, 64], (job, index, values) => (JobMessage)new JobVectors(job, index, values)),
        Gen.Select(Digests, Gen.UInt, Gen.UInt, (job, prompt, completion) =>
            (JobMessage)new JobEnd(job, FinishReason.Length, prompt, 0, completion)),
        Digests.Select(job => (JobMessage)new JobCancel(job)),
        Gen.Select(Digests, Gen.Int[0, 86_400_000], (job, wait) =>
            (JobMessage)new JobRefused(job, JobRefusalCode.Busy, TimeSpan.FromMilliseconds(wait))));

    [Fact]
    public void Every_message_comes_back_as_it_went() => Messages.Sample(sent =>
    {
        byte[] bytes = Wire.Encode(sent);
        return Wire.TryDecode(bytes, SessionLimits.RecordBytes, out JobMessage? got, out _)
            && got.GetType() == sent.GetType() && Wire.Encode(got).AsSpan().SequenceEqual(bytes);
    });

    [Fact]
    public void Whatever_bytes_come_the_answer_is_a_message_or_a_fault() => Gen.Byte.Array[0, 400].Sample(bytes =>
        Wire.TryDecode(bytes, SessionLimits.RecordBytes, out JobMessage? message, out PeerFault? fault) ? message is not null : fault is not null);

    [Fact]
    public void A_changed_byte_gives_a_message_or_a_fault_and_never_an_exception() =>
        Gen.Select(Messages, Gen.Int[0, 1_000_000], Gen.Byte).Sample((sent, at, value) =>
        {
            byte[] bytes = Wire.Encode(sent);
            bytes[at % bytes.Length] = value;
            return Wire.TryDecode(bytes, SessionLimits.RecordBytes, out JobMessage? message, out PeerFault? fault) ? message is not null : fault is not null;
        });

    [Fact]
    public void A_message_cut_anywhere_is_a_fault() => Messages.Sample(
        sent =>
        {
            byte[] bytes = Wire.Encode(sent);
            return Enumerable.Range(0, bytes.Length).All(length =>
                !Wire.TryDecode<JobMessage>(bytes.AsMemory(0, length), SessionLimits.RecordBytes, out _, out PeerFault? fault) && fault.Code == "malformed");
        },
        iter: 20);

    [Fact]
    public void A_chunk_of_65_tokens_and_a_negative_token_are_faults()
    {
        Assert.False(Decodes(new JobChunk(new byte[32], 0, new int[Limits.ChunkTokens + 1])));
        Assert.False(Decodes(new JobChunk(new byte[32], 0, [-1])));
        Assert.True(Decodes(new JobChunk(new byte[32], 0, new int[Limits.ChunkTokens])));
    }

    [Fact]
    public void A_job_hash_of_another_length_and_a_parameter_that_is_no_number_are_faults()
    {
        JobSpec spec = new(new byte[32], new int[] { 1 }, 1, new SamplingParameters { Temperature = float.NaN }, []);
        Assert.False(Decodes(new JobCancel(new byte[31])));
        Assert.False(Decodes(new JobRequest(
            new byte[32], new JobTermsFields(new byte[16], new byte[32], new byte[32], 0, new byte[32], new byte[32], new byte[32]), spec, default)));
    }

    private static bool Decodes(JobMessage message) => Wire.TryDecode<JobMessage>(Wire.Encode(message), SessionLimits.RecordBytes, out _, out _);
}

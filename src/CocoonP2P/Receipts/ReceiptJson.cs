using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CocoonP2P.Jobs;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using ChannelTerms = CocoonP2P.Ton.Contracts.ChannelTerms;

namespace CocoonP2P.Receipts;

/// <summary>A receipt as a file, docs/protocol/receipt.md. Reading refuses what it does not know.</summary>
internal static class ReceiptJson
{
    /// <summary>A quote of 16 KiB and claims of 4 KiB in hex, and a page of fields, doubled.</summary>
    public const int MaxBytes = 128 * 1024;

    public static byte[] Write(Receipt receipt)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter w = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            w.WriteStartObject();
            w.WriteString("schema", Receipt.Schema);
            w.WriteString("receipt", receipt.Hash.ToString());
            Hex(w, "network_id", receipt.NetworkId);
            WriteJob(w, receipt);
            WriteChannel(w, receipt);
            w.WriteStartObject("price_quote");
            Hex(w, "signed", receipt.QuoteBytes);
            Hex(w, "signature", receipt.QuoteSignature.ToArray());
            w.WriteEndObject();
            WriteResult(w, receipt);
            w.WriteStartObject("evidence");
            w.WriteNumber("tee_kind", receipt.TeeKind);
            Hex(w, "binding", receipt.Binding);
            Hex(w, "quote", receipt.Quote);
            Hex(w, "claims", receipt.Claims);
            w.WriteString("appraised_at", receipt.AppraisedAt.ToString("O", CultureInfo.InvariantCulture));
            w.WriteEndObject();
            w.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Null, and where the reading failed, for anything that is not a receipt.</summary>
    public static Receipt? TryRead(ReadOnlyMemory<byte> json, out string problem)
    {
        problem = "";
        if (json.Length > MaxBytes)
        {
            problem = $"longer than {MaxBytes} bytes";
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            return Read(new ReceiptFields(document.RootElement));
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or OverflowException)
        {
            problem = e.Message;
            return null;
        }
    }

    private static Receipt Read(ReceiptFields root)
    {
        ReceiptFields job = root.In("job"), terms = job.In("terms"), channel = root.In("channel"), result = root.In("result");
        ReceiptFields evidence = root.In("evidence"), quote = root.In("price_quote"), usage = result.In("usage");
        byte[] jobHash = job.Hex("hash", 32);
        return new Receipt
        {
            NetworkId = root.Hex("network_id", 32),
            JobHash = jobHash,
            JobId = job.U64("id"),
            Terms = new JobTermsFields(
                terms.Hex("nonce", 16), terms.Hex("request", 32), terms.Hex("model", 32), (uint)terms.U64("deadline"),
                terms.Hex("measurement", 32), terms.Hex("evidence", 32), terms.Hex("quote", 32)),
            Channel = new ChannelTerms(
                channel.Bits("client_key"), channel.Bits("worker_key"), channel.I32("global_id"), channel.U64("salt"),
                (uint)channel.U64("challenge_period"), channel.Address("client"), channel.Address("worker"), channel.Address("payout")),
            Epoch = channel.U64("epoch"),
            QuoteBytes = quote.Hex("signed"),
            QuoteSignature = Signature.From(quote.Hex("signature", Signature.Size)),
            Result = new JobResult(
                result.Bits("job_hash"), result.Bits("output"), (uint)result.U64("started"), (uint)result.U64("ended"),
                new Usage((uint)usage.U64("prompt"), (uint)usage.U64("cached"), (uint)usage.U64("completion"), (uint)usage.U64("reasoning"),
                    usage.U64("bytes_in"), usage.U64("bytes_out"))),
            Total = new NanoTon(result.U64("total_nanoton")),
            ReceiptSignature = Signature.From(result.Hex("signature", Signature.Size)),
            TeeKind = (ushort)evidence.U64("tee_kind"),
            Binding = evidence.Hex("binding"),
            Quote = evidence.Hex("quote"),
            Claims = evidence.Hex("claims"),
            AppraisedAt = evidence.Time("appraised_at"),
        };
    }

    private static void WriteJob(Utf8JsonWriter w, Receipt receipt)
    {
        w.WriteStartObject("job");
        Hex(w, "hash", receipt.JobHash);
        Number(w, "id", receipt.JobId);
        w.WriteStartObject("terms");
        Hex(w, "nonce", receipt.Terms.Nonce);
        Hex(w, "request", receipt.Terms.Request);
        Hex(w, "model", receipt.Terms.Model);
        Number(w, "deadline", receipt.Terms.Deadline);
        Hex(w, "measurement", receipt.Terms.Measurement);
        Hex(w, "evidence", receipt.Terms.Evidence);
        Hex(w, "quote", receipt.Terms.Quote);
        w.WriteEndObject();
        w.WriteEndObject();
    }

    private static void WriteChannel(Utf8JsonWriter w, Receipt receipt)
    {
        ChannelTerms terms = receipt.Channel;
        w.WriteStartObject("channel");
        w.WriteString("address", terms.Address.ToRawString());
        w.WriteString("client_key", terms.ClientKey.ToString());
        w.WriteString("worker_key", terms.WorkerKey.ToString());
        w.WriteNumber("global_id", terms.NetworkId);
        Number(w, "salt", terms.Salt);
        Number(w, "challenge_period", terms.ChallengePeriod);
        w.WriteString("client", terms.Client.ToRawString());
        w.WriteString("worker", terms.Worker.ToRawString());
        w.WriteString("payout", terms.Payout.ToRawString());
        Number(w, "epoch", receipt.Epoch);
        w.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter w, Receipt receipt)
    {
        JobResult result = receipt.Result;
        w.WriteStartObject("result");
        w.WriteString("job_hash", result.JobHash.ToString());
        w.WriteString("output", result.Output.ToString());
        Number(w, "started", result.Started);
        Number(w, "ended", result.Ended);
        w.WriteStartObject("usage");
        Number(w, "prompt", result.Usage.Prompt);
        Number(w, "cached", result.Usage.Cached);
        Number(w, "completion", result.Usage.Completion);
        Number(w, "reasoning", result.Usage.Reasoning);
        Number(w, "bytes_in", result.Usage.BytesIn);
        Number(w, "bytes_out", result.Usage.BytesOut);
        w.WriteEndObject();
        Number(w, "total_nanoton", receipt.Total.Value);
        Hex(w, "signature", receipt.ReceiptSignature.ToArray());
        w.WriteEndObject();
    }

    private static void Hex(Utf8JsonWriter w, string name, byte[] bytes) => w.WriteString(name, Convert.ToHexStringLower(bytes));

    /// <summary>Numbers are text: a reader that keeps them as doubles would change them.</summary>
    private static void Number(Utf8JsonWriter w, string name, ulong value) => w.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
}

using System.Globalization;
using CocoonP2P.Hosting;

namespace CocoonP2P.Node.Http;

/// <summary>What the commands ask of a running node; on the Unix socket alone.</summary>
internal sealed class ControlEndpoints(INode node)
{
    public async Task CloseAllAsync(HttpContext context)
    {
        IReadOnlyList<ClosedChannel> closed = await node.CloseAllAsync(context.RequestAborted);
        await ApiServer.WriteAsync(context, OpenAiJson.Write(w =>
        {
            w.WriteStartArray("channels");
            foreach (ClosedChannel channel in closed)
            {
                w.WriteStartObject();
                w.WriteString("address", channel.Address);
                w.WriteString("paid_nanoton", channel.Paid.Value.ToString(CultureInfo.InvariantCulture));
                w.WriteBoolean("cooperative", channel.Cooperative);
                w.WriteEndObject();
            }

            w.WriteEndArray();
        }));
    }

    public async Task ReceiptAsync(HttpContext context)
    {
        byte[] receipt = await node.ReceiptAsync((string)context.Request.RouteValues["id"]!, context.RequestAborted)
            ?? throw new CocoonException(ErrorCode.Usage, "no receipt of this job", "a receipt comes when the answer is whole");
        await ApiServer.WriteAsync(context, receipt);
    }
}

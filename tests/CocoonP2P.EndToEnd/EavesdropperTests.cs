using System.Buffers.Binary;
using System.Text;
using CocoonP2P.Models;
using CocoonP2P.Node.Demo;
using CocoonP2P.Text;

namespace CocoonP2P.EndToEnd;

/// <summary>Who sits on the wire between client and workers learns neither prompt nor answer.</summary>
public sealed class EavesdropperTests
{
    private const string Prompt = "Tell me a story about a lighthouse keeper.";

    [Fact(Timeout = 120_000)]
    public async Task Neither_prompt_nor_answer_is_on_the_wire()
    {
        List<Wiretap> taps = [];
        try
        {
            await using TestNetwork network = await TestNetwork.StartAsync(nodes => Tap(nodes, taps));
            await using Wiretap open = new(network.Nodes.ApiPort);
            using Api api = new(open.Port);
            long before = taps.Sum(tap => tap.Bytes);
            Answer answer = await api.AskAsync(Api.Chat(Prompt));

            // The tap hears: the same words, in the open, between this program and its own node.
            Assert.True(open.Hears(Encoding.UTF8.GetBytes(Prompt)));
            string words = answer.Text.Trim()[..20];
            Assert.True(open.Hears(Encoding.UTF8.GetBytes(words)));

            int[] prompt = Ids(network.Nodes.Workers[0], text => text.EncodeChat(new ChatPrompt([new ChatTurn("user", Prompt)])));
            Assert.True(taps.Sum(tap => tap.Bytes) > before + (sizeof(int) * prompt.Length), "the job did not go over the tapped wire");
            foreach (Wiretap tap in taps)
            {
                Assert.False(tap.Hears(Encoding.UTF8.GetBytes("lighthouse")));
                Assert.False(tap.Hears(Encoding.UTF8.GetBytes(words)));
                Assert.False(tap.Hears(Wire(prompt)));
                Assert.False(tap.Hears(Wire(Ids(network.Nodes.Workers[0], text => text.Encode(words)))));
            }
        }
        finally
        {
            foreach (Wiretap tap in taps)
            {
                await tap.DisposeAsync();
            }
        }
    }

    /// <summary>The client listens nowhere and knows its workers by the taps alone.</summary>
    private static void Tap(DemoNetwork nodes, List<Wiretap> taps)
    {
        taps.AddRange(nodes.Workers.Select(worker => new Wiretap(worker.Port)));
        IEnumerable<string> addresses = nodes.Workers.Zip(taps, (worker, tap) => $"\"/ip4/127.0.0.1/tcp/{tap.Port}/p2p/{worker.PeerId}\"");
        TestNetwork.Set(nodes.Client, "network", "listen", "[]");
        TestNetwork.Set(nodes.Client, "network", "bootstrap", $"[{string.Join(", ", addresses)}]");
    }

    private static int[] Ids(DemoNode node, Func<IModelText, int[]> encode) => encode(StoreCatalog.Open(Path.Combine(node.Folder, "models")).Texts.Single());

    /// <summary>The first tokens as a job carries them: 32 bits each, the low byte first.</summary>
    private static byte[] Wire(int[] ids)
    {
        int count = Math.Min(8, ids.Length);
        byte[] bytes = new byte[sizeof(int) * count];
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(int) * i), ids[i]);
        }

        return bytes;
    }
}

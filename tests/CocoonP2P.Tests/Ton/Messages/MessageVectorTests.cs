using System.Globalization;
using System.Text.Json;
using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Ton.Messages;

public sealed class MessageVectorTests
{
    [Fact]
    public void Messages_have_the_oracles_hashes_and_read_back()
    {
        foreach (JsonElement vector in Vectors.Read("messages"))
        {
            StateInit? init = vector.MaybeText("code") is { } code
                ? new StateInit(BagOfCells.DecodeBase64(code), BagOfCells.DecodeBase64(vector.Text("data")))
                : null;
            Assert.Equal(vector.MaybeText("stateInit"), init?.ToCell().Hash.ToString());
            var inside = new InternalMessage
            {
                Destination = Address.Parse(vector.Text("to")),
                Value = new Coins(UInt128.Parse(vector.Text("value"), CultureInfo.InvariantCulture)),
                Bounce = vector.GetProperty("bounce").GetBoolean(),
                Body = BagOfCells.DecodeBase64(vector.Text("body")),
                Init = init,
            };
            Assert.Equal(vector.Text("internal"), inside.ToCell().Hash.ToString());
            Assert.True(InternalMessage.TryParse(inside.ToCell(), out InternalMessage? insideAgain));
            Assert.Equal(inside, insideAgain);

            var outside = new ExternalInMessage(inside.Destination, inside.Body, init);
            Assert.Equal(vector.Text("external"), outside.ToCell().Hash.ToString());
            Assert.Equal(vector.Text("normalized"), outside.NormalizedHash.ToString());
            Assert.True(ExternalInMessage.TryParse(outside.ToCell(), out ExternalInMessage? outsideAgain));
            Assert.Equal(outside, outsideAgain);
        }
    }
}

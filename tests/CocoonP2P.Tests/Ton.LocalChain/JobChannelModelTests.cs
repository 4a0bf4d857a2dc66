using CsCheck;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>The contract agrees with its model on every exit code and the whole state, whoever sends and signs.</summary>
public sealed class JobChannelModelTests(ChainFixture fixture) : IClassFixture<ChainFixture>
{
    [Fact]
    public void Contract_and_model_agree_on_random_messages()
    {
        _ = fixture.Fresh();
        int messages = 0;
        while (messages < 300)
        {
            ChannelOp.Any.Array[60].Sample(
                ops =>
                {
                    ChannelGame game = new(fixture.Fresh());
                    foreach (ChannelOp op in ops.TakeWhile(_ => !game.IsOver))
                    {
                        game.Play(op);
                    }

                    messages += game.Messages;
                },
                iter: 1,
                threads: 1);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Starved_channel_still_ends_and_pays_what_it_has(bool byAgreement)
    {
        ChannelGame game = new(fixture.Fresh());
        ChannelOp all = new(OpKind.StartCloseWithState, Party: 1, SeqStep: 1, Percent: 100, Signers: 0, Locks: 0, Job: 4, Generous: true);
        if (!byAgreement)
        {
            game.Play(all);
            game.Play(all with { Kind = OpKind.Wait, Percent = 360 });
        }

        game.Play(all with { Kind = OpKind.Prices });
        game.Play(all with { Kind = byAgreement ? OpKind.CoopClose : OpKind.Finish, Generous = false, Percent = 3, Locks = 3 });
        Assert.True(game.IsOver);
        Assert.True(game.WasClamped);
    }
}

using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;
using CocoonP2P.Ton.LocalChain;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>The emulator in Wasmtime: garbage is an answer, memory stays flat.</summary>
public sealed class TvmHostTests(ChainFixture fixture) : IClassFixture<ChainFixture>
{
    private readonly LocalTon chain = fixture.Fresh();

    [Fact]
    public void Code_that_is_garbage_fails_in_the_contract_and_not_in_the_host()
    {
        Random random = new(7);
        for (int i = 0; i < 50; i++)
        {
            byte[] code = new byte[random.Next(1, 120)];
            random.NextBytes(code);
            StateInit init = new(new CellBuilder().StoreBytes(code).EndCell(), Cell.Empty);
            chain.Impersonate(ChannelScene.Client, new InternalMessage { Destination = init.AddressIn(0), Value = Coins.Parse("0.1"), Init = init });
            chain.RunUntilIdle();
        }

        Assert.True(chain.Totals.IsConserved);
    }

    [Fact]
    public void Endless_contract_runs_out_of_gas()
    {
        // AGAIN over an empty continuation: PUSHCONT, AGAIN.
        StateInit init = new(new CellBuilder().StoreUint(0x90EAu, 16).EndCell(), Cell.Empty);
        chain.Impersonate(ChannelScene.Client, new InternalMessage { Destination = init.AddressIn(0), Value = Coins.Parse("0.1"), Init = init });
        chain.RunUntilIdle();
        TransactionPhases phases = chain.State.AccountAt(init.AddressIn(0)).Last!.Transaction.Phases;
        Assert.Equal((-14, true), (phases.ExitCode, phases.Aborted));
    }

    [Fact]
    public void Memory_stays_flat()
    {
        ChannelScene scene = new(chain);
        scene.Open();
        void Play(ulong from)
        {
            for (ulong seq = from; seq < from + 100; seq++)
            {
                scene.Send(ChannelScene.Worker, JobChannel.Settle(1, scene.State(seq, $"0.{seq:D9}")));
            }
        }

        Play(1);
        long before = chain.HeapBytes;
        Play(101);
        Assert.Equal(before, chain.HeapBytes);
    }

    [Fact]
    public void Get_method_answers_from_the_contracts_state()
    {
        ChannelScene scene = new(chain);
        scene.Open();
        MethodOutcome outcome = chain.Run(scene.Address, MethodRunner.IdOf("channelState"), TupleCodec.Encode([]));
        Assert.Equal(0, outcome.ExitCode);
        Assert.True(TupleCodec.TryDecode(outcome.Stack!, out IReadOnlyList<TupleItem>? stack));
        Assert.Equal(10_000_000_000, Assert.IsType<TupleItem.Int>(stack[2]).Value);
        Assert.Equal(11, chain.Run(scene.Address, MethodRunner.IdOf("noSuchMethod"), TupleCodec.Encode([])).ExitCode);
        Assert.Null(chain.Run(ChannelScene.Stranger, 0, TupleCodec.Encode([])).Stack);
    }
}

using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>
/// A channel's life on either side, docs/protocol/payments.md: Proposed → Funding → Open → Draining → Closing →
/// Finishing → Closed, or Restored, or Faulted.
/// </summary>
/// <remarks>Pure: no clock, socket, task or key. What may be visible outside stands behind the barrier of its first effect.
/// An event that its state or role makes impossible is a fault where a peer sent it, and nothing otherwise.</remarks>
internal static class PaymentMachine
{
    /// <param name="state">What this side knows.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="now">Chain time: the newest finalised block's, and what went by since.</param>
    public static (ChannelState Next, IReadOnlyList<ChannelEffect> Effects) Step(
        ChannelState state, ChannelEvent happened, DateTimeOffset now)
    {
        Turn turn = new(state, now);
        Handle(turn, happened);
        if (turn.IsClient)
        {
            ClientWriter.Flush(turn);
        }
        else
        {
            WorkerGate.Release(turn);
        }

        Guard.Advance(turn);
        Invariant.Holds(
            turn.State.Ledger.Body.Cumulative >= state.Ledger.Body.Cumulative, "what was paid is never taken back");
        return turn.End();
    }

    private static void Handle(Turn turn, ChannelEvent happened)
    {
        switch (happened)
        {
            case ChannelEvent.PeerSent sent:
                HandleMessage(turn, sent.Message);
                break;
            case ChannelEvent.SessionOpened:
                ResumeSteps.Opened(turn);
                break;
            case ChannelEvent.JobWanted want:
                HandleWanted(turn, want.Order);
                break;
            case ChannelEvent.JobEnded ended:
                HandleEnded(turn, ended);
                break;
            case ChannelEvent.ChainSeen seen:
                ChainSteps.Seen(turn, seen.View);
                break;
            case ChannelEvent.TxOutcome outcome:
                ChainSteps.Outcome(turn, outcome);
                break;
            case ChannelEvent.CloseRequested:
                EndSteps.Requested(turn);
                break;
            case ChannelEvent.Tick:
                ChainSteps.Tick(turn);
                break;
        }

        if (turn.IsClient)
        {
            HandleAsClient(turn, happened);
        }
        else
        {
            HandleAsWorker(turn, happened);
        }
    }

    private static void HandleAsClient(Turn turn, ChannelEvent happened)
    {
        switch (happened)
        {
            case ChannelEvent.FundWanted want:
                ClientSteps.Fund(turn, want);
                break;
            case ChannelEvent.TopUpWanted want:
                ClientSteps.TopUp(turn, want);
                break;
            case ChannelEvent.ChunkReceived chunk:
                ClientSteps.Received(turn, chunk);
                break;
            case ChannelEvent.Tick:
                ClientSteps.Tick(turn);
                break;
        }
    }

    private static void HandleAsWorker(Turn turn, ChannelEvent happened)
    {
        switch (happened)
        {
            case ChannelEvent.ChunkReady chunk:
                WorkerGate.Ready(turn, chunk);
                break;
            case ChannelEvent.JobDone done:
                WorkerGate.Done(turn, done);
                break;
            case ChannelEvent.ReceiptSigned signed:
                WorkerGate.Signed(turn, signed);
                break;
        }
    }

    private static void HandleMessage(Turn turn, PaymentMessage message)
    {
        if (message.Channel != turn.Channel)
        {
            turn.Fault(PaymentCode.BadChannel, Consequence.Disconnect, "a message of another channel");
            return;
        }

        switch (message, turn.IsClient)
        {
            case (PayResume resume, _):
                ResumeSteps.Came(turn, resume);
                break;
            case (FinalOffer offer, _):
                EndSteps.Offered(turn, offer);
                break;
            case (FinalAgreed agreed, _):
                EndSteps.Agreed(turn, agreed);
                break;
            case (ChannelAgreed agreed, true):
                ClientSteps.Agreed(turn, agreed);
                break;
            case (StateAck ack, true):
                ClientSteps.Acked(turn, ack);
                break;
            case (StateReject reject, true):
                ClientSteps.Rejected(turn, reject);
                break;
            case (JobReceipt receipt, true):
                ClientSteps.Receipt(turn, receipt);
                break;
            case (ChannelTermsMessage terms, false):
                WorkerSteps.TermsCame(turn, terms);
                break;
            case (StateUpdate update, false):
                WorkerSteps.Updated(turn, update);
                break;
            default:
                turn.Fault(PaymentCode.Impossible, Consequence.Ban, "a message that only the other role sends");
                break;
        }
    }

    private static void HandleWanted(Turn turn, JobOrder order)
    {
        if (turn.IsClient)
        {
            turn.State = turn.State with { Orders = turn.State.Orders.Add(order) };
        }
        else if (turn.State is { CloseSeen: false, Phase: ChannelPhase.Proposed or ChannelPhase.Open })
        {
            WorkerGate.Want(turn, order);
        }
        else
        {
            turn.Emit(new ChannelEffect.JobStop(0, order.JobHash, PaymentCode.Closing));
        }
    }

    private static void HandleEnded(Turn turn, ChannelEvent.JobEnded ended)
    {
        turn.State = turn.State with { Orders = turn.State.Orders.RemoveAll(order => order.JobHash == ended.JobHash) };
        foreach (JobMeter job in turn.State.Jobs.Values.Where(job => job.JobHash == ended.JobHash))
        {
            turn.Put(job with { Ended = true, Waiting = null });
        }
    }
}

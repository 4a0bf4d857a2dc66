namespace CocoonP2P.Ton.LocalChain.Facade;

/// <summary>What only the owner of a chain can do: make coins appear, move the clock, count everything.</summary>
internal sealed class AdminCalls(LocalTon chain)
{
    public FacadeAnswer Call(string name, FacadeParameters parameters)
    {
        try
        {
            Do(name, parameters);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw FacadeException.Unprocessable(e.Message);
        }

        return Totals();
    }

    private void Do(string name, FacadeParameters parameters)
    {
        switch (name)
        {
            case "faucet":
                chain.Faucet(parameters.Account("address"), parameters.Number("amount", ulong.MaxValue));
                break;
            case "advance":
                chain.Advance(TimeSpan.FromSeconds(parameters.Number("seconds", uint.MaxValue)));
                break;
            case "freeze":
                chain.Freeze();
                break;
            case "thaw":
                chain.Thaw();
                break;
            case "totals":
                break;
            default:
                throw new FacadeException(404, "no such call");
        }
    }

    private FacadeAnswer Totals()
    {
        ChainTotals totals = chain.Totals;
        return FacadeJson.Result(json =>
        {
            json.WriteStartObject();
            json.WriteString("genesis", FacadeJson.Nano(totals.Genesis));
            json.WriteString("treasury", FacadeJson.Nano(totals.Treasury));
            json.WriteString("accounts", FacadeJson.Nano(totals.Accounts));
            json.WriteString("in_flight", FacadeJson.Nano(totals.InFlight));
            json.WriteString("fees", FacadeJson.Nano(totals.Fees));
            json.WriteString("rent", FacadeJson.Nano(totals.Rent));
            json.WriteBoolean("conserved", totals.IsConserved);
            json.WriteNumber("now", chain.Now.ToUnixTimeSeconds());
            json.WriteEndObject();
        });
    }
}

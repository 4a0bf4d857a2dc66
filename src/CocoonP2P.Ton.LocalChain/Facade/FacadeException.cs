namespace CocoonP2P.Ton.LocalChain.Facade;

/// <summary>Becomes an answer of this status with this error; never leaves the façade.</summary>
internal sealed class FacadeException(int status, string message) : Exception(message)
{
    public int Status => status;

    public static FacadeException Unprocessable(string what) => new(422, what);
}

using CocoonP2P.Attestation;
using CocoonP2P.Attestation.Simulated;
using CocoonP2P.Inference;
using CocoonP2P.Libp2p;
using CocoonP2P.Node.Networks;
using CocoonP2P.Ton;
using CocoonP2P.Ton.LocalChain;

namespace CocoonP2P.Tests.PublicApi;

/// <summary>A public type is a promise: adding or losing one is a decision, made by changing the list beside this file.</summary>
public sealed class SurfaceTests
{
    public static readonly TheoryData<Type> Libraries =
    [
        typeof(PeerId), typeof(AppraisalPolicy), typeof(SimulatedTee), typeof(Address),
        typeof(LocalTon), typeof(CocoonOptions), typeof(InferenceHost),
    ];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_types_of_a_library_are_those_of_its_list(Type member)
    {
        string name = member.Assembly.GetName().Name!;
        string[] listed = File.ReadAllLines(Repository.File($"tests/CocoonP2P.Tests/PublicApi/{name}.txt"));
        string[] found = [.. member.Assembly.GetExportedTypes().Select(t => t.FullName!).Order(StringComparer.Ordinal)];
        Assert.True(found.SequenceEqual(listed), $"{name} now has:\n{string.Join('\n', found)}");
    }

    /// <summary>But for Program, which the web SDK makes public.</summary>
    [Fact]
    public void The_program_has_no_public_type() =>
        Assert.DoesNotContain(typeof(LocalNetwork).Assembly.GetExportedTypes(), t => t.Name != nameof(Program));
}

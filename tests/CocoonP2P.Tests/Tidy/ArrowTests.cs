using System.Reflection;
using System.Xml.Linq;
using CocoonP2P.Attestation;
using CocoonP2P.Libp2p;
using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Tidy;

/// <summary>Which project may know which: docs/ARCHITECTURE.md draws it.</summary>
public sealed class ArrowTests
{
    public static readonly TheoryData<string, string[]> Arrows = new()
    {
        { "CocoonP2P.Libp2p", [] },
        { "CocoonP2P.Attestation", [] },
        { "CocoonP2P.Attestation.Simulated", ["CocoonP2P.Attestation"] },
        { "CocoonP2P.Ton", [] },
        { "CocoonP2P.Ton.LocalChain", ["CocoonP2P.Ton"] },
        { "CocoonP2P", ["CocoonP2P.Attestation", "CocoonP2P.Libp2p", "CocoonP2P.Ton"] },
        { "CocoonP2P.Inference", ["CocoonP2P"] },
        { "CocoonP2P.Node", ["CocoonP2P.Attestation.Simulated", "CocoonP2P.Inference", "CocoonP2P.Ton.LocalChain"] },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void A_project_references_what_the_drawing_says_and_nothing_else(string project, string[] allowed)
    {
        XDocument file = XDocument.Load(Repository.File($"src/{project}/{project}.csproj"));
        IEnumerable<string> references = file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));
        Assert.Equal(allowed, references.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_of_src_is_in_the_drawing() => Assert.Equal(
        Arrows.Select(a => a.Data.Item1).Order(StringComparer.Ordinal),
        SourceTree.Below("src/", ".csproj").Select(f => Path.GetFileNameWithoutExtension(f.Path)).Order(StringComparer.Ordinal));

    [Fact]
    public void The_leaves_compile_against_nothing_of_Cocoon()
    {
        Assert.Empty(Cocoons(typeof(PeerId)));
        Assert.Empty(Cocoons(typeof(AppraisalPolicy)));
        Assert.Empty(Cocoons(typeof(Address)));
    }

    [Fact]
    public void The_client_library_compiles_without_ONNX_Runtime_and_Kestrel() => Assert.DoesNotContain(
        typeof(CocoonOptions).Assembly.GetReferencedAssemblies(),
        a => a.Name!.StartsWith("Microsoft.ML", StringComparison.Ordinal) || a.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    private static IEnumerable<string> Cocoons(Type type) => type.Assembly.GetReferencedAssemblies()
        .Select((AssemblyName a) => a.Name!).Where(n => n.StartsWith("CocoonP2P", StringComparison.Ordinal));
}

using System.Reflection;
using CocoonP2P.Tests.Node.Http.Support;

namespace CocoonP2P.Sdk;

/// <summary>The rows of docs/SDKS.md for these clients: their features are the tests of their classes.</summary>
public sealed class Rows
{
    [Theory]
    [InlineData("OpenAI", typeof(OpenAiTests), typeof(OpenAI.OpenAIClient))]
    [InlineData("Microsoft.Extensions.AI.OpenAI", typeof(ExtensionsAiTests), typeof(Microsoft.Extensions.AI.OpenAIClientExtensions))]
    [InlineData("Microsoft.SemanticKernel", typeof(SemanticKernelTests), typeof(Microsoft.SemanticKernel.Kernel))]
    public void The_table_has_what_is_tested(string client, Type tests, Type marker)
    {
        string version = marker.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        SdkTable.Holds(client, version, tests.GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is not null)
            .OrderBy(m => m.MetadataToken).Select(m => m.Name.ToLowerInvariant().Replace('_', ' ')));
    }
}

using System.IO;
using System.Linq;
using EdgeRnn.Tests.Il;
using Mono.Cecil;

namespace EdgeRnn.Tests;

/// <summary>How big the runtime is, in the test output of every run.</summary>
public sealed class SizeTests(ITestOutputHelper output)
{
    private const int LargestTypes = 8;

    [Fact]
    public void Sizes_of_the_runtime_are_reported()
    {
        Report("runtime", Modules.Runtime);
        Report("shared source alone", Modules.Portable);
    }

    private void Report(string what, ModuleDefinition module)
    {
        var types = module.AllTypes()
            .Select(type => (type.Name, Bytes: type.Methods.Where(method => method.HasBody).Sum(method => method.Body.CodeSize)))
            .Where(type => type.Bytes > 0).OrderByDescending(type => type.Bytes).ToList();
        output.WriteLine($"{what}: assembly {new FileInfo(module.FileName).Length} bytes, IL {types.Sum(type => type.Bytes)} bytes in {types.Count} types; largest: " +
            string.Join(", ", types.Take(LargestTypes).Select(type => $"{type.Name} {type.Bytes}")));
        Assert.NotEmpty(types);
    }
}

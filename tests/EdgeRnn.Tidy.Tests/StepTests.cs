using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Tests.Il;
using Mono.Cecil;

namespace EdgeRnn.Tests;

/// <summary>
/// What Session.Step and Session.Reset can reach in the runtime as .NET runs it allocates nothing, throws only from cold helpers
/// and never recurses. The overload that takes spans stands apart: it reserves two arrays at its first call, and says so.
/// </summary>
public sealed class StepTests(ITestOutputHelper output)
{
    private static readonly MethodDefinition _step = Modules.Runtime.Method("Session", "Step", method => method.Parameters.Count == 4);
    private static readonly MethodDefinition _stepOfSpans = Modules.Runtime.Method("Session", "Step", method => method.Parameters.Count == 2);
    private static readonly MethodDefinition _reset = Modules.Runtime.Method("Session", "Reset");

    [Fact]
    public void Nothing_reachable_from_Step_or_Reset_allocates_or_throws()
    {
        CallGraph graph = IntegerCalls.FromAnyModel(Modules.Runtime, _step, _reset);
        output.WriteLine($"{graph.Methods.Count} methods are reachable; paths end in {string.Join(", ", graph.ColdHelpers)}");
        List<string> findings = [.. AllocationScan.Findings(graph.Methods)];
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    [Fact]
    public void Step_reaches_every_layer_the_windows_and_the_vectors()
    {
        HashSet<string> reached = [.. IntegerCalls.FromAnyModel(Modules.Runtime, _step, _reset).Methods.Select(CallGraph.Name)];
        IEnumerable<string> layers = IntegerCalls.LayersOf(Modules.Runtime).Select(type => type.Name + ".Step");
        foreach (string layer in layers) Assert.Contains(layer, reached);
        foreach (string part in new[] { "Session.Decode", "Session.ReadBackwards", "WeightMatrix.AddProductVector", "ActivationFunction.ApplyVector", "ConvLayer.Reset" })
            Assert.Contains(part, reached);
    }

    [Fact]
    public void Nothing_reachable_from_Step_or_Reset_recurses() => Assert.Empty(IntegerCalls.FromAnyModel(Modules.Runtime, _step, _reset).FindRecursion());

    [Fact]
    public void Paths_from_Step_end_in_one_cold_helper() => Assert.Equal(["Session.ThrowTooShort"], IntegerCalls.FromAnyModel(Modules.Runtime, _step, _reset).ColdHelpers);

    [Fact]
    public void The_overload_of_spans_allocates_its_two_arrays_and_nothing_else() =>
        Assert.Equal(["Session.Step: newarr System.Single", "Session.Step: newarr System.Single"],
            AllocationScan.Findings(IntegerCalls.FromAnyModel(Modules.Runtime, _stepOfSpans).Methods));

    [Fact]
    public void The_scan_accepts_quiet_code()
    {
        CallGraph graph = Planted("Quiet");
        Assert.Empty(AllocationScan.Findings(graph.Methods));
        Assert.Equal(["PlantedAllocations.ThrowEmpty"], graph.ColdHelpers);
    }

    [Theory]
    [InlineData("ObjectBehindAnOverride", "Maker.Work: newobj System.Void System.Object::.ctor()")]
    [InlineData("ObjectBehindAnInheritedInterface", "Maker.Work: newobj System.Void System.Object::.ctor()")]
    [InlineData("ArrayBehindStatics", "Table..cctor: newarr System.Single")]
    [InlineData("Box", "PlantedAllocations.Deeper: box System.Int32")]
    [InlineData("ObjectBehindAStructure", "Lanes.Count: newarr System.Int32")]
    [InlineData("BoxForObject", "PlantedAllocations.Hash: constrained. T")]
    [InlineData("Text", "PlantedAllocations.Text: call System.String System.String::Concat(System.String,System.String)")]
    [InlineData("Throw_", "PlantedAllocations.Check: throw")]
    public void The_scan_finds(string planted, string expected) => Assert.Contains(expected, AllocationScan.Findings(Planted(planted).Methods));

    [Fact]
    public void The_scan_finds_recursion() => Assert.NotEmpty(Planted("Recursion").FindRecursion());

    private static CallGraph Planted(string method) => new(Modules.Tests.Method(nameof(PlantedAllocations), method));
}

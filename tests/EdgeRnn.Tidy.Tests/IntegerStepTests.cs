using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Tests.Il;
using Mono.Cecil;

namespace EdgeRnn.Tests;

/// <summary>
/// StepQuantized and StepCounts, and Reset of the models they accept, hold no floating point, allocate nothing, throw only from cold
/// helpers and never recurse; in the shared source, and with the vector code of .NET.
/// </summary>
public sealed class IntegerStepTests(ITestOutputHelper output)
{
    private static readonly string[] _argumentChecks = ["Session.ThrowNoStandardiser", "Session.ThrowNotInteger", "Session.ThrowTooShort"];

    public static TheoryData<string> Runtimes => ["shared source", "with vectors"];

    [Theory, MemberData(nameof(Runtimes))]
    public void Integer_steps_hold_no_floating_point(string runtime)
    {
        CallGraph graph = IntegerCalls.FromSteps(Runtime(runtime));
        output.WriteLine($"{graph.Methods.Count} methods are reachable");
        List<string> findings = [.. FloatScan.Findings(graph.Methods)];
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    [Theory, MemberData(nameof(Runtimes))]
    public void Integer_steps_allocate_nothing_and_throw_only_on_wrong_arguments(string runtime)
    {
        CallGraph graph = IntegerCalls.FromSteps(Runtime(runtime));
        Assert.Equal([], AllocationScan.Findings(graph.Methods));
        Assert.Equal(_argumentChecks, graph.ColdHelpers);
        Assert.Empty(graph.FindRecursion());
    }

    // The array of float layers is cleared too; in a model without such layers it has no element.
    [Theory, MemberData(nameof(Runtimes))]
    public void Reset_of_an_integer_model_touches_floats_only_to_clear_an_empty_array(string runtime)
    {
        CallGraph graph = IntegerCalls.FromReset(Runtime(runtime));
        Assert.All(FloatScan.Findings(graph.Methods), finding => Assert.Contains(finding.Split(':')[0],
            new[] { "SessionMemory.Clear", "SessionMemory.get_Floats" }));
        Assert.Equal([], AllocationScan.Findings(graph.Methods));
    }

    [Theory, MemberData(nameof(Runtimes))]
    public void Integer_steps_reach_every_integer_layer_and_no_other(string runtime)
    {
        ModuleDefinition module = Runtime(runtime);
        List<string> reached = [.. IntegerCalls.FromSteps(module).Methods.Where(method => method.Name == "Step").Select(CallGraph.Name)];
        IEnumerable<string> layers = IntegerCalls.LayersOf(module).Where(IntegerCalls.IsInteger).Select(type => type.Name + ".Step");
        Assert.Equal(layers.Append("LayerGraph.Step").Order(StringComparer.Ordinal), reached.Order(StringComparer.Ordinal));
        HashSet<string> all = [.. IntegerCalls.FromSteps(module).Methods.Select(CallGraph.Name)];
        foreach (string part in new[] { "Session.Decode", "Session.ReadBackwards", "CountStandardiser.Apply", "QuantizedMatrix.AddProduct", "IntegerSoftmax.Apply" })
            Assert.Contains(part, all);
    }

    // Without the rule that such models hold integer layers alone the scan sees the float layers: it is not blind.
    [Fact]
    public void The_scan_finds_the_floats_of_other_models()
    {
        MethodDefinition step = Modules.Portable.Method("Session", "StepQuantized");
        List<string> findings = [.. FloatScan.Findings(new CallGraph(step).Methods)];
        foreach (string layer in new[] { "GruLayer.Step", "FloatIsland.Step", "EmbeddingLayer.Step" })
            Assert.Contains(findings, finding => finding.StartsWith(layer, StringComparison.Ordinal));
    }

    [Fact]
    public void The_scan_finds_the_floats_of_the_other_entry()
    {
        CallGraph graph = IntegerCalls.From(Modules.Portable, Modules.Portable.Method("Session", "Step"));
        Assert.Contains(FloatScan.Findings(graph.Methods), finding => finding.StartsWith("Session.RoundInput: ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_scan_accepts_integers() => Assert.Empty(FloatScan.Findings(Planted("Integers", type => type.Name != "Circle").Methods));

    [Theory]
    [InlineData("Integers", "Circle.Area: ldc.r4 3.14")]
    [InlineData("BehindAnOverride", "Circle.Area: conv.r4")]
    [InlineData("Constant", "PlantedFloats.Deeper: ldc.r8 0.5")]
    [InlineData("FieldReadForNothing", "PlantedFloats.FieldReadForNothing: ldsfld System.Single[] EdgeRnn.Tests.Il.PlantedFloats::_means")]
    [InlineData("ScalarField", "PlantedFloats.ScalarField: ldsfld System.Single EdgeRnn.Tests.Il.PlantedFloats::_gain")]
    [InlineData("Element", "PlantedFloats.Element: ldelem.r4")]
    [InlineData("Call", "PlantedFloats.Call: call System.Double System.Math::Floor(System.Double)")]
    [InlineData("Call", "PlantedFloats.Half: System.Double in its signature")]
    [InlineData("UnsignedConversion", "PlantedFloats.UnsignedConversion: conv.r.un")]
    public void The_scan_finds(string planted, string expected) => Assert.Contains(expected, FloatScan.Findings(Planted(planted, _ => true).Methods));

    private static CallGraph Planted(string method, Func<TypeDefinition, bool> mayReceive) =>
        new(new CallRules { MayReceive = (_, receiver) => mayReceive(receiver) }, Modules.Tests.Method(nameof(PlantedFloats), method));

    private static ModuleDefinition Runtime(string name) => name == "shared source" ? Modules.Portable : Modules.Runtime;
}

using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Tests.Il;
using Mono.Cecil;

namespace EdgeRnn.Tests;

/// <summary>
/// A detector's steps allocate nothing, throw only on wrong arguments and never recurse; those of a detector of counts use no float where
/// the threshold's method needs none.
/// </summary>
public sealed class DetectorStepTests(ITestOutputHelper output)
{
    public static TheoryData<string> Runtimes => ["shared source", "with vectors"];

    [Theory, MemberData(nameof(Runtimes))]
    public void Detectors_allocate_nothing_and_throw_only_on_wrong_arguments(string runtime)
    {
        CallGraph graph = DetectorCalls.FromAnyDetector(Runtime(runtime));
        output.WriteLine($"{graph.Methods.Count} methods are reachable");
        Assert.Equal([], AllocationScan.Findings(graph.Methods));
        Assert.Equal(["Detector.ThrowTooShort", "Detector.ThrowWrongStep"], graph.ColdHelpers);
        Assert.Empty(graph.FindRecursion());
    }

    [Theory, MemberData(nameof(Runtimes))]
    public void Detectors_of_counts_hold_no_floating_point(string runtime)
    {
        CallGraph graph = DetectorCalls.FromCounts(Runtime(runtime));
        output.WriteLine($"{graph.Methods.Count} methods are reachable");
        List<string> findings = [.. FloatScan.Findings(graph.Methods)];
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    // The arrays of float layers and float sensors are cleared too; here they have no element.
    [Theory, MemberData(nameof(Runtimes))]
    public void Reset_of_a_detector_of_counts_touches_floats_only_to_clear_empty_arrays(string runtime)
    {
        ModuleDefinition module = Runtime(runtime);
        CallGraph graph = DetectorCalls.FromCounts(module, DetectorCalls.Entries(module, "Reset"));
        Assert.All(FloatScan.Findings(graph.Methods), finding => Assert.Contains(finding.Split(':')[0],
            new[] { "Detector.Reset", "DetectorMemory.get_Floats", "SessionMemory.Clear", "SessionMemory.get_Floats" }));
    }

    [Theory, MemberData(nameof(Runtimes))]
    public void The_scans_reach_every_part_of_a_detector(string runtime)
    {
        ModuleDefinition module = Runtime(runtime);
        HashSet<string> any = [.. DetectorCalls.FromAnyDetector(module).Methods.Select(CallGraph.Name)];
        HashSet<string> counts = [.. DetectorCalls.FromCounts(module).Methods.Select(CallGraph.Name)];
        string[] parts =
        [
            "SensorGuard.Accepts", "StuckCheck.Fails", "FlatCheck.Fails", "SpikeCheck.Fails", "SampleCounts.Step", "SampleCounts.Substitute",
            "Session.StepScoredCounts", "ForecastErrors.Step", "ReconstructionErrors.Step", "ConfidenceErrors.Step", "LevelErrors.Step",
            "ChannelScale.Learn", "ChannelScale.Finish", "ChannelScale.Apply", "ErrorCombination.Combine", "Ewma.Add", "ScoreLimit.Learn",
            "ScoreLimit.Exceeds", "AlarmPolicy.Step", "AlarmPolicy.End", .. DetectorCalls.IntegerThresholds.Select(name => name + ".Finish"),
        ];
        foreach (string part in parts) Assert.Contains(part, counts);
        string[] floats = ["SampleFloats.Step", "SampleFloats.Substitute", "Session.StepScored", "ReadingScale.Of", "GruLayer.Step", "Detector.CatchUp"];
        foreach (string part in parts.Concat(floats)) Assert.Contains(part, any);
        IEnumerable<string> thresholds = module.AllTypes().Where(type => type.BaseType?.Name == "Threshold").Select(type => type.Name + ".Exceeds");
        foreach (string part in thresholds) Assert.Contains(part, any);
    }

    // Without what is known of a detector of counts the scan sees the floats: it is not blind.
    [Fact]
    public void The_scan_finds_the_floats_of_other_detectors()
    {
        List<string> findings = [.. FloatScan.Findings(DetectorCalls.FromIntegerModel(Modules.Portable, "StepCounts").Methods)];
        foreach (string part in new[] { "SampleFloats.Substitute", "SampleFloats.Step", "Session.StepScored" })
            Assert.Contains(findings, finding => finding.StartsWith(part, StringComparison.Ordinal));
        Assert.Contains(FloatScan.Findings(DetectorCalls.FromIntegerModel(Modules.Portable, "Step").Methods),
            finding => finding.StartsWith("ReadingScale.Of: ", StringComparison.Ordinal));
    }

    private static ModuleDefinition Runtime(string name) => name == "shared source" ? Modules.Portable : Modules.Runtime;
}

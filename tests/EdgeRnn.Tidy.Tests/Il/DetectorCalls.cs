using System;
using System.Linq;
using Mono.Cecil;

namespace EdgeRnn.Tests.Il;

/// <summary>
/// Calls of a detector. What is known of one made for counts beyond the code itself: its model holds integer layers alone (or it is
/// refused), its samples are counts, and of the thresholds those meant here compute in integers; the others say that they use double.
/// </summary>
internal static class DetectorCalls
{
    /// <summary>The thresholds whose methods need no float.</summary>
    public static string[] IntegerThresholds { get; } = ["FixedThreshold", "QuantileThreshold", "SigmaThreshold"];

    /// <summary>What a detector of any kind reaches.</summary>
    public static CallGraph FromAnyDetector(ModuleDefinition module) => IntegerCalls.FromAnyModel(module,
        Entries(module, "Step", "StepCounts", "StepMissing", "StepAt", "StepCountsAt", "Acknowledge", "Reset"));

    /// <summary>What a detector of counts reaches in a step.</summary>
    public static CallGraph FromCounts(ModuleDefinition module) =>
        FromCounts(module, Entries(module, "StepCounts", "StepCountsAt", "StepMissing", "Acknowledge"));

    /// <summary>What methods reach in a detector of counts.</summary>
    public static CallGraph FromCounts(ModuleDefinition module, params MethodDefinition[] roots) => new(new CallRules { MayReceive = IsOfCounts }, roots);

    /// <summary>What methods reach where nothing is known of samples and thresholds.</summary>
    public static CallGraph FromIntegerModel(ModuleDefinition module, params string[] entries) => IntegerCalls.From(module, Entries(module, entries));

    /// <summary>Methods of the detector that a program calls.</summary>
    public static MethodDefinition[] Entries(ModuleDefinition module, params string[] names) =>
        [.. names.Select(name => module.Method("Detector", name, method => method.IsPublic))];

    private static bool IsOfCounts(MethodDefinition caller, TypeDefinition receiver)
    {
        if (IntegerCalls.IsLayer(receiver)) return IntegerCalls.IsInteger(receiver);
        if (receiver.BaseType?.Name == "SampleSource") return receiver.Name == "SampleCounts";
        return receiver.BaseType?.Name != "Threshold" || IntegerThresholds.Contains(receiver.Name, StringComparer.Ordinal);
    }
}

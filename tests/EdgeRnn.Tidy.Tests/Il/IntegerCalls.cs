using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace EdgeRnn.Tests.Il;

/// <summary>
/// Calls of a runtime under what is known of its layers. Tests of the runtime show these facts on models: one that IsIntegerOnly holds
/// integer layers alone, and a FloatIsland holds a float layer.
/// </summary>
internal static class IntegerCalls
{
    /// <summary>Everything StepQuantized and StepCounts reach; they refuse models that are not integer only.</summary>
    public static CallGraph FromSteps(ModuleDefinition module) =>
        From(module, module.Method("Session", "StepQuantized"), module.Method("Session", "StepCounts"));

    /// <summary>Everything Reset reaches in a model of integer layers.</summary>
    public static CallGraph FromReset(ModuleDefinition module) => From(module, module.Method("Session", "Reset"));

    /// <summary>Everything methods reach in a model of integer layers.</summary>
    public static CallGraph From(ModuleDefinition module, params MethodDefinition[] roots) =>
        new(new CallRules { MayReceive = (_, receiver) => !IsLayer(receiver) || IsInteger(receiver) }, roots);

    /// <summary>Everything methods reach in any model.</summary>
    public static CallGraph FromAnyModel(ModuleDefinition module, params MethodDefinition[] roots)
    {
        bool MayReceive(MethodDefinition caller, TypeDefinition receiver) =>
            caller.DeclaringType.Name != "FloatIsland" || !IsLayer(receiver) || (receiver.Name != "FloatIsland" && !IsInteger(receiver));

        return new CallGraph(new CallRules { MayReceive = MayReceive }, roots);
    }

    /// <summary>The kinds of layers there are.</summary>
    public static IEnumerable<TypeDefinition> LayersOf(ModuleDefinition module) =>
        module.AllTypes().Where(type => !type.IsAbstract && IsLayer(type));

    /// <summary>Whether a layer computes in integers.</summary>
    public static bool IsInteger(TypeDefinition type) => DerivesFrom(type, "QuantizedLayer");

    /// <summary>Whether a type is a layer.</summary>
    public static bool IsLayer(TypeDefinition type) => DerivesFrom(type, "Layer");

    private static bool DerivesFrom(TypeDefinition type, string ancestor)
    {
        for (TypeDefinition? at = type.BaseType?.Resolve(); at != null; at = at.BaseType?.Resolve())
        {
            if (at.Name == ancestor) return true;
        }
        return false;
    }
}

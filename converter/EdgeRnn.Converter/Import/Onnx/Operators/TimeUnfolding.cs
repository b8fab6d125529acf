using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>
/// Lays the steps of a sequence of fixed length out as features, where the source flattens or averages over time. A matrix
/// product over them is a convolution that sees the whole window.
/// </summary>
internal static class TimeUnfolding
{
    /// <summary>The value with its time axis as a feature axis, oldest step first.</summary>
    /// <param name="call">The operator that needs all steps at once.</param>
    /// <param name="value">A sequence.</param>
    /// <exception cref="ConversionException">The number of steps is open, or too large.</exception>
    public static StreamValue Apply(NodeCall call, StreamValue value)
    {
        AxisRules.RequireStream(call, value);
        int axis = value.AxisOf(AxisRole.Time);
        if (axis < 0 || value.Timing.Steps is not { } steps)
        {
            throw call.Refuse("needs all steps of the sequence at once and their number is open; take the last step instead, or export the " +
                "model with a fixed number of steps");
        }
        if (steps * value.Count > ModelLimits.MaxFeatures)
            throw call.Refuse($"lays {steps} steps of {value.Count} features side by side, at most {ModelLimits.MaxFeatures} are supported");
        int[] shape = (int[])value.Shape.Clone();
        shape[axis] = (int)steps;
        AxisRole[] roles = (AxisRole[])value.Roles.Clone();
        roles[axis] = AxisRole.Feature;
        call.Context.Spend(shape, call.Node);
        int[] map = AxisRules.BroadcastMap(value.Shape, shape);
        int inner = Sizes.Product(shape.AsSpan(axis + 1));
        StreamElement[] elements = [.. map.Select((from, to) => value.Elements[from] with { Lag = (int)steps - 1 - to / inner % (int)steps })];
        if (!value.Elements.All(element => call.Context.Builder.IsStateless(element.Source))) RequireWindow(call);
        return new StreamValue(elements, shape, roles, value.Timing with { Steps = 1, LastStep = steps != 1, Window = (int)steps, FinalState = false });
    }

    // Layers with a memory must forget it before the next window, as they do between two calls of the source.
    private static void RequireWindow(NodeCall call)
    {
        call.Context.NeedsWindow = true;
        call.Context.Note($"{call.Node.Label}: needs all steps at once, so the model answers once per window of {call.Context.Steps} steps and starts " +
            "anew with each");
    }
}

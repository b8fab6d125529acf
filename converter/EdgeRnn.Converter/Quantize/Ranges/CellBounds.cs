using System;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>The place where one layer finds the bounds it starts from and leaves those of its signals.</summary>
internal sealed class CellBounds(GraphPart part, int value, Interval[] input, Interval[]? linkedHidden, Interval[]? linkedCell,
    BoundsTable table)
{
    /// <summary>[inputSize].</summary>
    public Interval[] Input => input;

    /// <summary>Whether h starts from another layer's state, so that the layer's own functions do not bound it alone.</summary>
    public bool StartsLinked => linkedHidden != null;

    /// <summary>[cellSize] of an LSTM, once computed.</summary>
    public Interval[] Cell { get; set; } = [];

    /// <summary>h before the first step: what is handed over, else what the model says.</summary>
    public Interval[] StartHidden(Tensor? initial, int size) => linkedHidden ?? IntervalMath.Points(initial, size);

    /// <summary>c before the first step.</summary>
    public Interval[] StartCell(Tensor? initial, int size) => linkedCell ?? IntervalMath.Points(initial, size);

    /// <summary>Notes the bounds of a signal and hands them back.</summary>
    public Interval[] Note(Signal kind, Gate gate, Interval[] values, bool intrinsic = false)
    {
        table.Set(new SignalId(part, value, kind, gate), values, intrinsic);
        return values;
    }

    /// <summary>Notes a pre-activation, applies clip and activation, notes the gate.</summary>
    public Interval[] Gate(Gate gate, Interval[] preActivation, Activation f, double clip)
    {
        Note(Signal.PreActivation, gate, preActivation);
        return Note(Signal.GateValue, gate, IntervalMath.Apply(f, preActivation, clip), IntervalMath.IsBounded(f, clip));
    }

    /// <summary>
    /// The set a state stays in; where it may grow without bound, <see cref="BoundsTable.AssumedState"/> is taken.
    /// </summary>
    public Interval[] Settle(string name, Interval[] start, Interval range, Func<Interval[], Interval[]> next)
    {
        return StateBound.Find(start, next) ?? Assume(name, start, range);
    }

    /// <summary>The start and what a state is assumed to stay within, as nothing bounds it.</summary>
    public Interval[] Assume(string name, Interval[] start, Interval range)
    {
        table.Assume($"{name}: nothing bounds its state; {BoundsTable.AssumedState:g} is assumed as the largest magnitude, " +
            "calibrate with a recording");
        Interval assumed = new(Math.Max(range.Low, -BoundsTable.AssumedState), Math.Min(range.High, BoundsTable.AssumedState));
        return Array.ConvertAll(start, unit => unit.Hull(assumed));
    }
}

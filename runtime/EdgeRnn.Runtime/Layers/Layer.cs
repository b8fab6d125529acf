using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// One layer of a graph: weights and places, no state. State, values and scratch live in the session's memory, one float
/// array, at offsets fixed at load; counters (ring positions) in its int array. One layer object serves every session.
/// </summary>
internal abstract class Layer
{
    private int[] _segmentOffsets = new int[0];
    private int[] _segmentLengths = new int[0];

    protected Layer(string name, int inputSize, int outputSize)
    {
        Name = name;
        InputSize = inputSize;
        OutputSize = outputSize;
    }

    public string Name { get; }

    /// <summary>Features read per step.</summary>
    public int InputSize { get; }

    /// <summary>Features produced per step.</summary>
    public int OutputSize { get; }

    /// <summary>The word for this kind of layer in tables and messages.</summary>
    public abstract string Kind { get; }

    /// <summary>Weights and biases, counted.</summary>
    public abstract int ParameterCount { get; }

    /// <summary>Multiply-accumulates of one step.</summary>
    public abstract long MacsPerStep { get; }

    /// <summary>
    /// What a step costs against <see cref="ModelLimits.MaxCostPerStep"/>: copies, activations and the call itself take time too,
    /// also in layers that multiply nothing.
    /// </summary>
    public long CostPerStep => MacsPerStep + InputSize + 8L * OutputSize + 16;

    /// <summary>Floats that survive a step and belong to the saved state, the layer's output first if it is a state.</summary>
    public virtual int StateFloats => 0;

    /// <summary>Whether the output is the start of the state (recurrent cells) instead of a place of its own.</summary>
    public virtual bool OutputIsState => false;

    /// <summary>Integers that survive a step.</summary>
    public virtual int CounterCount => 0;

    /// <summary>Floats needed only during a step, shared by all layers.</summary>
    public virtual int WorkFloats => 0;

    /// <summary>First float of the state in session memory.</summary>
    public int StateOffset { get; private set; }

    /// <summary>First counter.</summary>
    public int CounterOffset { get; private set; }

    /// <summary>First float of the output.</summary>
    public int OutputOffset { get; private set; }

    /// <summary>First float of the layer's scratch.</summary>
    protected int WorkOffset { get; private set; }

    /// <summary>The value whose arrival lets the layer run; the reader has proven that all its inputs arrive together.</summary>
    public int ClockValue { get; private set; }

    /// <summary>Fixes where the layer reads and writes. Called once, at load.</summary>
    public void Place(int[] segmentOffsets, int[] segmentLengths, int clockValue, int stateOffset, int counterOffset,
        int outputOffset, int workOffset)
    {
        _segmentOffsets = segmentOffsets;
        _segmentLengths = segmentLengths;
        ClockValue = clockValue;
        StateOffset = stateOffset;
        CounterOffset = counterOffset;
        OutputOffset = outputOffset;
        GatherOffset = workOffset;
        WorkOffset = workOffset + GatherFloats(segmentLengths);
    }

    /// <summary>Scratch for bringing several segments together; none is needed for one.</summary>
    public static int GatherFloats(int[] segmentLengths)
    {
        if (segmentLengths.Length == 1) return 0;
        int total = 0;
        for (int i = 0; i < segmentLengths.Length; i++) total += segmentLengths[i];
        return total;
    }

    /// <summary>
    /// Computes one time step. Returns <see cref="StepStatus"/> bits: OutputReady when there is an output.
    /// </summary>
    public abstract int Step(float[] memory, int[] counters);

    /// <summary>Puts the state to what it is before the first step.</summary>
    public virtual void Reset(float[] memory, int[] counters)
    {
        Array.Clear(memory, StateOffset, StateFloats);
        Array.Clear(counters, CounterOffset, CounterCount);
    }

    /// <summary>Checks counters restored from a saved state.</summary>
    public virtual bool CountersAreValid(int[] counters, int counterOffset) => true;

    private int GatherOffset { get; set; }

    /// <summary>The concatenated inputs, [InputSize]: where they lie, or a copy where they come in pieces.</summary>
    protected int Gather(float[] memory)
    {
        int[] offsets = _segmentOffsets;
        if (offsets.Length == 1) return offsets[0];
        int at = GatherOffset;
        for (int i = 0; i < offsets.Length; i++)
        {
            int length = _segmentLengths[i];
            Array.Copy(memory, offsets[i], memory, at, length);
            at += length;
        }
        return GatherOffset;
    }
}

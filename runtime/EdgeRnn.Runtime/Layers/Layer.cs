using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// One layer of a graph: weights and places, no state. State, values and scratch live in the session's memory at offsets fixed
/// at load, counters (ring positions) beside them. One layer object serves every session.
/// </summary>
internal abstract partial class Layer
{
    private int[] _segmentOffsets = new int[0];
    private int[] _segmentLengths = new int[0];
    private bool _isGathered; // whether the input comes in pieces
    private int _x;           // first element of the input

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

    /// <summary>Bytes of weights, biases and scales as they lie in the file.</summary>
    public int WeightBytes { get; set; }

    /// <summary>Multiply-accumulates of one step.</summary>
    public abstract long MacsPerStep { get; }

    /// <summary>
    /// What a step costs against <see cref="ModelLimits.MaxCostPerStep"/>: copies, activations and the call itself take time too,
    /// also in layers that multiply nothing.
    /// </summary>
    public long CostPerStep => MacsPerStep + InputSize + 8L * OutputSize + 16;

    /// <summary>Elements that survive a step and belong to the saved state, the layer's output first if it is a state.</summary>
    public virtual int StateSize => 0;

    /// <summary>Whether the output is the start of the state (recurrent cells) instead of a place of its own.</summary>
    public virtual bool OutputIsState => false;

    /// <summary>Whether the output is what the layer remembers (rnn, lstm, gru), wherever it lies.</summary>
    public virtual bool IsRecurrent => OutputIsState;

    /// <summary>Input steps per output step.</summary>
    public virtual int Stride => 1;

    /// <summary>Steps of its input before the first output.</summary>
    public virtual int FirstOutput => 0;

    /// <summary>
    /// Pieces of its matrices that are packed each for itself: groups of a convolution, column blocks of a quantized layer. 0 where every
    /// matrix is one piece.
    /// </summary>
    public virtual int PackedPieces => 0;

    /// <summary>Of an embedding: the indices it has rows for are 0 to VocabularySize - 1; 0 for other layers.</summary>
    public virtual int VocabularySize => 0;

    /// <summary>Integers that survive a step.</summary>
    public virtual int CounterCount => 0;

    /// <summary>Elements needed only during a step, shared by all layers.</summary>
    public virtual int WorkSize => 0;

    /// <summary>Of a float layer in a quantized model: floats that survive a step.</summary>
    public virtual int FloatStateSize => 0;

    /// <summary>Of a float layer in a quantized model: floats needed only during a step.</summary>
    public virtual int FloatWorkSize => 0;

    /// <summary>First element of the state in session memory.</summary>
    public int StateOffset { get; private set; }

    /// <summary>First counter.</summary>
    public int CounterOffset { get; private set; }

    /// <summary>First element of the output.</summary>
    public int OutputOffset { get; private set; }

    /// <summary>First element of the layer's scratch.</summary>
    public int WorkOffset { get; private set; }

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
        _isGathered = segmentOffsets.Length != 1;
        _x = _isGathered ? workOffset : segmentOffsets[0];
        WorkOffset = workOffset + GatherSize(segmentLengths);
    }

    /// <summary>Fixes where a float layer of a quantized model keeps its floats. Called once, after <see cref="Place"/>.</summary>
    public virtual void PlaceFloats(int stateOffset, int workOffset)
    {
    }

    /// <summary>Scratch for bringing several segments together; none is needed for one.</summary>
    public static int GatherSize(int[] segmentLengths)
    {
        if (segmentLengths.Length == 1) return 0;
        int total = 0;
        for (int i = 0; i < segmentLengths.Length; i++) total += segmentLengths[i];
        return total;
    }

    /// <summary>
    /// Computes one time step. Returns <see cref="StepStatus"/> bits: OutputReady when there is an output.
    /// </summary>
    public abstract int Step(SessionMemory session);

    /// <summary>Puts the state to what it is before the first step.</summary>
    public virtual void Reset(SessionMemory session)
    {
        Array.Clear(Values(session), StateOffset, StateSize);
        Array.Clear(session.Counters, CounterOffset, CounterCount);
    }

    /// <summary>The array this layer reads, writes and keeps its state in.</summary>
    protected virtual Array Values(SessionMemory session) => session.Floats;

    /// <summary>Elements of a part of the state that can be handed to another layer; 0 where there is no such part.</summary>
    public virtual int PartSize(StatePart part) => OutputIsState && part == StatePart.Hidden ? OutputSize : 0;

    /// <summary>Fraction bits of the 16-bit values at the start of a part of the state of a quantized layer; 0 where there are none.</summary>
    public virtual int PartBits(StatePart part) => 0;

    /// <summary>Fraction bits of the 32-bit numbers behind them, or 0: it is never the format of such numbers.</summary>
    public virtual int WidePartBits(StatePart part) => 0;

    /// <summary>First element of a part of the state in session memory.</summary>
    public int PartOffset(StatePart part) => StateOffset + (part == StatePart.Hidden ? 0 : OutputSize);

    /// <summary>Checks counters restored from a saved state.</summary>
    public virtual bool CountersAreValid(int[] counters) => true;

    /// <summary>The concatenated inputs, [InputSize]: where they lie, or a copy where they come in pieces.</summary>
    protected int Gather(SessionMemory session)
    {
        if (_isGathered) CopyPieces(Values(session));
        return _x;
    }

    private void CopyPieces(Array values)
    {
        int[] offsets = _segmentOffsets, lengths = _segmentLengths;
        int at = _x;
        for (int i = 0; i < offsets.Length; i++)
        {
            int length = lengths[i];
            Array.Copy(values, offsets[i], values, at, length);
            at += length;
        }
    }
}

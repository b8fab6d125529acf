using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// Gated recurrent unit in integers. z update gate (24 fraction bits), r reset gate (15), n candidate, h hidden state in 32 bits and,
/// for products, in 16; h' the one before:
/// <code>
/// z = gate(W_z x + U_z h' + b_z)
/// r = gate(W_r x + U_r h' + b_r)
/// n = candidate(W_n x + b_n + r * (U_n h' + b_Un))    reset after
/// n = candidate(W_n x + b_n + U_n (r * h'))           reset before
/// h = n + z * (h' - n)
/// </code>
/// </summary>
internal sealed partial class QuantizedGruLayer : QuantizedLayer
{
    private readonly QuantizedProduct _w;   // W_z W_r W_n [3 * hiddenSize, inputSize]
    private readonly QuantizedProduct _uZr; // U_z U_r [2 * hiddenSize, hiddenSize]
    private readonly QuantizedProduct _uN;  // U_n [hiddenSize, hiddenSize]
    private readonly int[] _bias;           // b_z b_r b_n, and b_Un with reset after
    private readonly int[]? _initialHidden; // [hiddenSize], in the wide format
    private readonly bool _resetAfter;
    private readonly QuantizedGate _gate;
    private readonly QuantizedActivation _candidate;
    private readonly int _clip;             // 0 for none
    private readonly int _candidateLimit;   // keeps an unbounded candidate inside the wide format; 0 for none
    private readonly int _stateBits;        // fraction bits of the wide h

    public QuantizedGruLayer(LayerRecord record) : base(record)
    {
        int hiddenSize = OutputSize;
        _resetAfter = record.FlagParameter(0, "reset after");
        _clip = record.PreActivationClip(1, QuantizedLimits.GateBits);
        _stateBits = record.IntParameter(2, Math.Max(OutputBits, QuantizedLimits.GateBits), QuantizedLimits.MaxStateBits,
            "state fraction bits");
        record.RequireRange("state fraction bits beyond the output's", _stateBits - OutputBits, 0, QuantizedLimits.MaxShift);
        QuantizedBlock[] w = QuantizedProduct.BlocksOfInput(record, TensorRole.InputWeights, 3 * hiddenSize, QuantizedLimits.GateBits);
        QuantizedBlock[] u = QuantizedProduct.BlocksOf(record,
            record.Weights(TensorRole.RecurrentWeights, 3 * hiddenSize, hiddenSize), OutputBits, QuantizedLimits.GateBits);
        _bias = record.IntegerVector(TensorRole.Bias, _resetAfter ? 4 * hiddenSize : 3 * hiddenSize, QuantizedLimits.GateBits);
        _initialHidden = record.OptionalIntegerVector(TensorRole.InitialHidden, hiddenSize, _stateBits);
        _gate = new QuantizedGate(record, 0);
        _candidate = new QuantizedActivation(record, record.ElementwiseActivation(1), QuantizedLimits.GateBits, OutputBits);
        // A bound of 0 would be none.
        record.RequireRange("state fraction bits beyond the candidate's", _stateBits - _candidate.ResultBits, 0,
            QuantizedLimits.MaxStateBits);
        _candidateLimit = _candidate.IsBounded ? 0 : QuantizedLimits.MaxInteger >> (_stateBits - _candidate.ResultBits);
        bool isPacked = false;
        Pack(record, w, u, ref isPacked);
        _w = new QuantizedProduct(record, w, 0, 3 * hiddenSize, InputSize, isPacked);
        _uZr = new QuantizedProduct(record, u, 0, 2 * hiddenSize, hiddenSize, isPacked);
        _uN = new QuantizedProduct(record, u, 2 * hiddenSize, hiddenSize, hiddenSize, isPacked);
    }

    public override string Kind => _resetAfter ? "gru" : "gru (reset before)";

    public override int ParameterCount => 3 * OutputSize * (InputSize + OutputSize) + _bias.Length;

    public override long MacsPerStep => _w.Macs + _uZr.Macs + _uN.Macs + 3L * OutputSize;

    /// <summary>h in 16 bits, then h in 32.</summary>
    public override int StateSize => 2 * OutputSize;

    public override bool OutputIsState => true;

    public override int PackedPieces => _w.PackedPieces + _uZr.PackedPieces;

    public override int WorkSize => 4 * OutputSize + Math.Max(_w.ScratchSize, _uZr.ScratchSize);

    protected override int NarrowStateSize => OutputSize;

    public override int PartSize(StatePart part) => part == StatePart.Hidden ? StateSize : 0;

    public override int PartBits(StatePart part) => OutputBits;

    public override int WidePartBits(StatePart part) => _stateBits;

    // Between the old state and a candidate, so within the bound of both.
    protected override int WideStateLimit => QuantizedLimits.MaxInteger;

    public override int Step(SessionMemory session)
    {
        bool done = false;
        StepBlocks(session, ref done);
        if (done) return StepStatus.OutputReady;

        int[] memory = session.Ints;
        int hiddenSize = OutputSize;
        int x = Gather(session), h = StateOffset, wide = h + hiddenSize;
        int z = WorkOffset, r = z + hiddenSize, n = r + hiddenSize, un = n + hiddenSize, scratch = un + hiddenSize;

        Array.Copy(_bias, 0, memory, z, _bias.Length);
        _w.AddTo(memory, x, z, scratch);
        _uZr.AddTo(memory, h, z, scratch);
        QuantizedPointwise.Clip(memory, z, _clip, 2 * hiddenSize);
        _gate.ApplyState(memory, z, hiddenSize);
        _gate.Apply(memory, r, hiddenSize);

        if (_resetAfter)
        {
            _uN.AddTo(memory, h, un, scratch);
            QuantizedPointwise.AddMultiplied(memory, r, un, n, hiddenSize);
        }
        else
        {
            QuantizedPointwise.Multiply(memory, r, h, un, hiddenSize);
            _uN.AddTo(memory, un, n, scratch);
        }
        QuantizedPointwise.Clip(memory, n, _clip, hiddenSize);
        _candidate.Evaluate(memory, n, hiddenSize);
        QuantizedPointwise.Clip(memory, n, _candidateLimit, hiddenSize);

        QuantizedPointwise.UpdateState(memory, z, n, wide, _stateBits - _candidate.ResultBits, hiddenSize);
        QuantizedPointwise.Round(memory, wide, h, _stateBits - OutputBits, QuantizedPointwise.Limit16, hiddenSize);
        return StepStatus.OutputReady;
    }

    public override void Reset(SessionMemory session)
    {
        base.Reset(session);
        if (_initialHidden == null) return;
        int wide = StateOffset + OutputSize;
        Array.Copy(_initialHidden, 0, session.Ints, wide, OutputSize);
        QuantizedPointwise.Round(session.Ints, wide, StateOffset, _stateBits - OutputBits, QuantizedPointwise.Limit16, OutputSize);
    }

    // All weights in the order in which StepBlocks reads them, where this machine and this cell allow it.
    partial void Pack(LayerRecord record, QuantizedBlock[] w, QuantizedBlock[] u, ref bool isPacked);

    // The same step, some units at a time with all their gates.
    partial void StepBlocks(SessionMemory session, ref bool done);
}

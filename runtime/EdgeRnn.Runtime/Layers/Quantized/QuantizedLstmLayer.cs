using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// Long short-term memory in integers. i input gate and f forget gate (24 fraction bits), g candidate and o output gate (15), c cell
/// state in 32 bits with 23 fraction bits, h hidden state in 16 bits; ' the one before:
/// <code>
/// i = gate(W_i x + U_i h' + b_i + p_i * c')
/// f = gate(W_f x + U_f h' + b_f + p_f * c')           p: peepholes, optional
/// g = cell(W_g x + U_g h' + b_g)
/// c = f * c' + i * g                                  coupled: f = 1 - i, or i = 1 - f
/// o = gate(W_o x + U_o h' + b_o + p_o * c)
/// h = o * output(c)                                   projected: h = W_p (o * output(c)) + b_p
/// </code>
/// </summary>
internal sealed partial class QuantizedLstmLayer : QuantizedLayer
{
    private const int Bits = QuantizedLimits.GateBits;
    private const int CellToPre = QuantizedLimits.CellBits - QuantizedLimits.GateBits;

    private readonly int _cellSize;
    private readonly GateCoupling _coupling;
    private readonly int _gates;                       // 4, or 3 when coupled
    private readonly QuantizedProduct _w;              // W [gates * cellSize, inputSize], blocks i f g o less the absent one
    private readonly QuantizedProduct _u;              // U [gates * cellSize, hiddenSize]
    private readonly int[] _bias;                      // b [gates * cellSize]
    private readonly QuantizedPeepholes? _peepholes;   // p_i p_f p_o [3, cellSize]
    private readonly QuantizedProduct? _projection;    // W_p [hiddenSize, cellSize]
    private readonly int[]? _projectionBias;           // b_p [hiddenSize]
    private readonly int _projectionBits;              // fraction bits of W_p y + b_p
    private readonly int[]? _initialHidden;            // [hiddenSize]
    private readonly int[]? _initialCell;              // [cellSize]
    private readonly QuantizedGate _gate;
    private readonly QuantizedActivation _cell;
    private readonly QuantizedActivation _output;
    private readonly int _clip;

    public QuantizedLstmLayer(LayerRecord record) : base(record)
    {
        _coupling = (GateCoupling)record.IntParameter(0, 0, 2, "gate coupling");
        _clip = record.PreActivationClip(1, Bits);
        _cellSize = record.IntParameter(2, 1, ModelLimits.MaxFeatures, "cell size");
        _projectionBits = record.PreActivationBits(3);
        _gates = _coupling == GateCoupling.None ? 4 : 3;
        QuantizedBlock[] w = QuantizedProduct.BlocksOfInput(record, TensorRole.InputWeights, _gates * _cellSize, Bits);
        QuantizedBlock[] u = QuantizedProduct.BlocksOf(record, record.Weights(TensorRole.RecurrentWeights, _gates * _cellSize, OutputSize),
            OutputBits, Bits);
        _bias = record.IntegerVector(TensorRole.Bias, _gates * _cellSize, Bits);
        if (record.Has(TensorRole.Peepholes)) _peepholes = new QuantizedPeepholes(record, _cellSize);
        if (record.Has(TensorRole.Projection) || _cellSize != OutputSize)
            _projection = Product(record, TensorRole.Projection, OutputSize, _cellSize, Bits, _projectionBits);
        if (_projection == null)
        {
            record.RequireSize("fraction bits of a hidden state without projection", OutputBits, Bits);
            record.RequireSize("projection fraction bits without projection", _projectionBits, Bits);
        }
        else
        {
            record.RequireRange("projection fraction bits", _projectionBits, OutputBits, OutputBits + QuantizedLimits.MaxShift);
            _projectionBias = record.OptionalIntegerVector(TensorRole.ProjectionBias, OutputSize, _projectionBits);
        }
        _initialHidden = record.OptionalIntegerVector(TensorRole.InitialHidden, OutputSize, OutputBits);
        _initialCell = record.OptionalIntegerVector(TensorRole.InitialCell, _cellSize, QuantizedLimits.CellBits);
        _gate = new QuantizedGate(record, 0);
        _cell = new QuantizedActivation(record, record.ElementwiseActivation(1), Bits, Bits);
        _output = new QuantizedActivation(record, record.ElementwiseActivation(2), Bits, Bits);
        record.RequireSize("bounded activations of an integer lstm", (_cell.IsBounded ? 1 : 0) + (_output.IsBounded ? 1 : 0), 2);
        bool isPacked = false;
        Pack(record, w, u, ref isPacked);
        _w = new QuantizedProduct(record, w, 0, _gates * _cellSize, InputSize, isPacked);
        _u = new QuantizedProduct(record, u, 0, _gates * _cellSize, OutputSize, isPacked);
    }

    public override string Kind => _coupling == GateCoupling.None ? "lstm" : "lstm (coupled)";

    public override int ParameterCount => _gates * _cellSize * (InputSize + OutputSize + 1) +
        (_peepholes == null ? 0 : 3 * _cellSize) + (_projection == null ? 0 : OutputSize * _cellSize) +
        (_projectionBias == null ? 0 : OutputSize);

    public override long MacsPerStep => _w.Macs + _u.Macs + (_projection == null ? 0 : _projection.Macs) + 3L * _cellSize +
        (_peepholes == null ? 0 : 3L * _cellSize);

    /// <summary>h [hiddenSize], c [cellSize], then what c could not hold [cellSize].</summary>
    public override int StateSize => OutputSize + 2 * _cellSize;

    public override bool OutputIsState => true;

    public override int PackedPieces => _w.PackedPieces + _u.PackedPieces + (_projection == null ? 0 : _projection.PackedPieces);

    public override int WorkSize
    {
        get
        {
            int scratch = Math.Max(_w.ScratchSize, _u.ScratchSize);
            if (_projection != null) scratch = Math.Max(scratch, OutputSize + _projection.ScratchSize);
            return (_gates + 1) * _cellSize + scratch;
        }
    }

    protected override int NarrowStateSize => OutputSize;

    public override int PartSize(StatePart part) => part == StatePart.Hidden ? OutputSize : _cellSize;

    public override int PartBits(StatePart part) => part == StatePart.Hidden ? OutputBits : 0;

    public override int WidePartBits(StatePart part) => part == StatePart.Cell ? QuantizedLimits.CellBits : 0;

    protected override int WideStateLimit => int.MaxValue;

    public override int Step(SessionMemory session)
    {
        bool done = false;
        StepBlocks(session, ref done);
        if (done) return StepStatus.OutputReady;

        int[] memory = session.Ints;
        int cellSize = _cellSize;
        int x = Gather(session), h = StateOffset, c = h + OutputSize;
        int a = WorkOffset;
        int i = a, f = _coupling == GateCoupling.None ? a + cellSize : a;
        int g = f + cellSize, o = g + cellSize, y = o + cellSize, scratch = y + cellSize;

        Array.Copy(_bias, 0, memory, a, _gates * cellSize);
        _w.AddTo(memory, x, a, scratch);
        _u.AddTo(memory, h, a, scratch);
        if (_peepholes != null && _coupling != GateCoupling.InputFromForget) _peepholes.AddTo(memory, c, i, 0);
        if (_peepholes != null && _coupling != GateCoupling.ForgetFromInput) _peepholes.AddTo(memory, c, f, 1);
        QuantizedPointwise.Clip(memory, a, _clip, g - a);
        ApplyStateGates(memory, ref i, ref f, y);
        QuantizedPointwise.Clip(memory, g, _clip, cellSize);
        _cell.Evaluate(memory, g, cellSize);
        QuantizedPointwise.UpdateCell(memory, f, i, g, c, c + cellSize, cellSize);

        if (_peepholes != null) _peepholes.AddTo(memory, c, o, 2);
        QuantizedPointwise.Clip(memory, o, _clip, cellSize);
        _gate.Apply(memory, o, cellSize);
        QuantizedPointwise.Round(memory, c, y, CellToPre, QuantizedLimits.MaxPreActivation, cellSize);
        QuantizedPointwise.Clip(memory, y, _clip, cellSize);
        _output.Evaluate(memory, y, cellSize);
        QuantizedPointwise.Multiply(memory, o, y, _projection == null ? h : y, cellSize);
        if (_projection != null) Project(_projection, memory, y, scratch, h);
        return StepStatus.OutputReady;
    }

    public override void Reset(SessionMemory session)
    {
        base.Reset(session);
        if (_initialHidden != null)
        {
            Array.Copy(_initialHidden, 0, session.Ints, StateOffset, OutputSize);
            QuantizedPointwise.Clip(session.Ints, StateOffset, QuantizedPointwise.Limit16, OutputSize);
        }
        if (_initialCell != null) Array.Copy(_initialCell, 0, session.Ints, StateOffset + OutputSize, _cellSize);
    }

    public override bool StateIsSound(int[] ints)
    {
        int end = StateOffset + StateSize;
        for (int i = end - _cellSize; i < end; i++)
        {
            if (ints[i] < 0 || ints[i] > QuantizedLimits.MaxRest) return false;
        }
        return base.StateIsSound(ints);
    }

    // Both with 24 fraction bits; a coupled gate is what the other one leaves, in the place absent.
    private void ApplyStateGates(int[] memory, ref int i, ref int f, int absent)
    {
        if (_coupling == GateCoupling.None)
        {
            _gate.ApplyState(memory, i, 2 * _cellSize);
            return;
        }
        _gate.ApplyState(memory, i, _cellSize);
        QuantizedPointwise.Complement(memory, i, absent, QuantizedPointwise.One24, _cellSize);
        if (_coupling == GateCoupling.ForgetFromInput) f = absent;
        else i = absent;
    }

    private void Project(QuantizedProduct projection, int[] memory, int y, int pre, int h)
    {
        if (_projectionBias != null) Array.Copy(_projectionBias, 0, memory, pre, OutputSize);
        else Array.Clear(memory, pre, OutputSize);
        projection.AddTo(memory, y, pre, pre + OutputSize);
        QuantizedPointwise.Round(memory, pre, h, _projectionBits - OutputBits, QuantizedPointwise.Limit16, OutputSize);
    }

    private static QuantizedProduct Product(LayerRecord record, int role, int rows, int columns, int bits, int preBits)
    {
        QuantizedTensor weights = record.Weights(role, rows, columns);
        return new QuantizedProduct(record, QuantizedProduct.BlocksOf(record, weights, bits, preBits), 0, rows, columns);
    }

    // All weights in the order in which StepBlocks reads them, where this machine and this cell allow it.
    partial void Pack(LayerRecord record, QuantizedBlock[] w, QuantizedBlock[] u, ref bool isPacked);

    // The same step, some units at a time with all their gates.
    partial void StepBlocks(SessionMemory session, ref bool done);
}

using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// Long short-term memory. i input gate, f forget gate, g candidate, o output gate, c cell state, h hidden state, ' before:
/// <code>
/// i = gate(W_i x + U_i h' + b_i + p_i * c')
/// f = gate(W_f x + U_f h' + b_f + p_f * c')           p: peepholes, optional
/// g = cell(W_g x + U_g h' + b_g)
/// c = f * c' + i * g                                  coupled: f = 1 - i, or i = 1 - f
/// o = gate(W_o x + U_o h' + b_o + p_o * c)
/// h = o * output(c)                                   projected: h = W_p (o * output(c)) + b_p
/// </code>
/// </summary>
internal sealed partial class LstmLayer : Layer
{
    private readonly int _cellSize;
    private readonly GateCoupling _coupling;
    private readonly int _gates;                  // 4, or 3 when coupled
    private readonly WeightMatrix _w;             // W [gates * cellSize, inputSize], blocks i f g o less the absent one
    private readonly WeightMatrix _u;             // U [gates * cellSize, hiddenSize]
    private readonly float[] _bias;               // b [gates * cellSize]
    private readonly float[]? _peepholes;         // p_i p_f p_o [3 * cellSize]
    private readonly WeightMatrix? _projection;   // W_p [hiddenSize, cellSize]
    private readonly float[]? _projectionBias;    // b_p [hiddenSize]
    private readonly float[]? _initialHidden;     // [hiddenSize]
    private readonly float[]? _initialCell;       // [cellSize]
    private readonly ActivationFunction _gate;
    private readonly ActivationFunction _cell;
    private readonly ActivationFunction _output;
    private readonly float _clip;

    public LstmLayer(LayerRecord record) : base(record.Name, record.InputSize, record.OutputSize)
    {
        _coupling = (GateCoupling)record.IntParameter(0, 0, 2, "gate coupling");
        _clip = record.FloatParameter(1, 0, "pre-activation clip");
        _cellSize = record.IntParameter(2, 1, ModelLimits.MaxFeatures, "cell size");
        _gates = _coupling == GateCoupling.None ? 4 : 3;
        float[] w = record.Tensor(TensorRole.InputWeights, _gates * _cellSize, InputSize);
        float[] u = record.Tensor(TensorRole.RecurrentWeights, _gates * _cellSize, OutputSize);
        _bias = record.Vector(TensorRole.Bias, _gates * _cellSize);
        _peepholes = record.OptionalVector(TensorRole.Peepholes, 3 * _cellSize);
        if (record.Has(TensorRole.Projection) || _cellSize != OutputSize)
            _projection = record.Matrix(TensorRole.Projection, OutputSize, _cellSize);
        if (_projection != null) _projectionBias = record.OptionalVector(TensorRole.ProjectionBias, OutputSize);
        _initialHidden = record.OptionalVector(TensorRole.InitialHidden, OutputSize);
        _initialCell = record.OptionalVector(TensorRole.InitialCell, _cellSize);
        _gate = record.ElementwiseActivation(0);
        _cell = record.ElementwiseActivation(1);
        _output = record.ElementwiseActivation(2);
        bool fused = false;
        Fuse(w, u, record.Packing, ref fused);
        int rows = fused ? 0 : _gates * _cellSize;
        _w = new WeightMatrix(w, 0, rows, InputSize, record.Packing);
        _u = new WeightMatrix(u, 0, rows, OutputSize, record.Packing);
    }

    public override string Kind => _coupling == GateCoupling.None ? "lstm" : "lstm (coupled)";

    public override int ParameterCount => _gates * _cellSize * (InputSize + OutputSize + 1) + Length(_peepholes) +
        (_projection == null ? 0 : OutputSize * _cellSize) + Length(_projectionBias);

    public override long MacsPerStep => (long)_gates * _cellSize * (InputSize + OutputSize) +
        (_projection == null ? 0 : _projection.Macs) + 3L * _cellSize + Length(_peepholes);

    /// <summary>h [hiddenSize], then c [cellSize].</summary>
    public override int StateSize => OutputSize + _cellSize;

    public override bool OutputIsState => true;

    public override int WorkSize => (_gates + 1) * _cellSize;

    /// <summary>First element of c.</summary>
    private int CellOffset => StateOffset + OutputSize;

    public override int PartSize(StatePart part) => part == StatePart.Hidden ? OutputSize : _cellSize;

    public override int Step(SessionMemory session)
    {
        bool done = false;
        StepFused(session, ref done);
        if (!done) StepPortable(session);
        return StepStatus.OutputReady;
    }

    private void StepPortable(SessionMemory session)
    {
        float[] memory = session.Floats;
        int cellSize = _cellSize;
        int x = Gather(session), h = StateOffset, c = CellOffset;
        int a = WorkOffset;
        int i = a, f = _coupling == GateCoupling.None ? a + cellSize : a;
        int g = f + cellSize, o = g + cellSize, y = o + cellSize, absent = y;

        Array.Copy(_bias, 0, memory, a, _gates * cellSize);
        _w.AddProduct(memory, x, memory, a);
        _u.AddProduct(memory, h, memory, a);
        if (_coupling != GateCoupling.InputFromForget) AddPeephole(memory, i, 0, c);
        if (_coupling != GateCoupling.ForgetFromInput) AddPeephole(memory, f, cellSize, c);
        Pointwise.Clip(memory, a, g - a, _clip);
        _gate.Apply(memory, a, g - a);
        Pointwise.Clip(memory, g, cellSize, _clip);
        _cell.Apply(memory, g, cellSize);

        if (_coupling != GateCoupling.None) Pointwise.Complement(memory, a, absent, cellSize);
        if (_coupling == GateCoupling.ForgetFromInput) f = absent;
        if (_coupling == GateCoupling.InputFromForget) i = absent;
        Pointwise.UpdateCell(memory, f, i, g, c, cellSize);

        AddPeephole(memory, o, 2 * cellSize, c);
        Pointwise.Clip(memory, o, cellSize, _clip);
        _gate.Apply(memory, o, cellSize);
        Array.Copy(memory, c, memory, y, cellSize);
        Pointwise.Clip(memory, y, cellSize, _clip);
        _output.Apply(memory, y, cellSize);
        int target = _projection == null ? h : y;
        Pointwise.Multiply(memory, o, y, target, cellSize);
        if (_projection != null) Project(_projection, memory, y, h);
    }

    public override void Reset(SessionMemory session)
    {
        float[] memory = session.Floats;
        base.Reset(session);
        if (_initialHidden != null) Array.Copy(_initialHidden, 0, memory, StateOffset, OutputSize);
        if (_initialCell != null) Array.Copy(_initialCell, 0, memory, CellOffset, _cellSize);
    }

    private void AddPeephole(float[] memory, int gate, int weight, int c)
    {
        if (_peepholes == null) return;
        for (int unit = 0; unit < _cellSize; unit++) memory[gate + unit] += _peepholes[weight + unit] * memory[c + unit];
    }

    private void Project(WeightMatrix projection, float[] memory, int y, int h)
    {
        if (_projectionBias != null) Array.Copy(_projectionBias, 0, memory, h, OutputSize);
        else Array.Clear(memory, h, OutputSize);
        projection.AddProduct(memory, y, memory, h);
    }

    private static int Length(float[]? tensor) => tensor == null ? 0 : tensor.Length;

    // Takes the weights in another layout where one pass over them does the whole step; the matrices are empty then.
    partial void Fuse(float[] w, float[] u, WeightPacking packing, ref bool fused);

    partial void StepFused(SessionMemory session, ref bool done);
}

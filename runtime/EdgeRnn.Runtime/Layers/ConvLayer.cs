namespace EdgeRnn.Runtime;

/// <summary>
/// Causal 1-D convolution over time: y_t = f(b + sum_k W[:, :, k] x_(t - (kernelSize - 1 - k) * dilation)), as in PyTorch: the last k
/// multiplies the newest sample.
/// </summary>
internal sealed class ConvLayer : Layer
{
    private readonly ConvHistory _history;
    private readonly WeightMatrix[] _w;  // per group [outputSize / groups, kernelSize * inputSize / groups]
    private readonly float[]? _bias;     // [outputSize]
    private readonly ActivationFunction _activation;

    public ConvLayer(LayerRecord record) : base(record.Name, record.InputSize, record.OutputSize)
    {
        _history = new ConvHistory(record);
        float[] w = record.Tensor3(TensorRole.InputWeights, OutputSize, InputSize / _history.Groups, _history.KernelSize);
        _w = GroupMatrices(w, record.Packing);
        _bias = record.OptionalVector(TensorRole.Bias, OutputSize);
        _activation = record.ElementwiseActivation(0);
    }

    public override string Kind => "conv";

    public override int ParameterCount => OutputSize * _history.GroupTaps + (_bias == null ? 0 : OutputSize);

    public override long MacsPerStep => (long)OutputSize * _history.GroupTaps;

    public override int PackedPieces => _history.Groups;

    public override int Stride => _history.Stride;

    public override int FirstOutput => _history.FirstOutput;

    public override int StateSize => _history.StateSize;

    public override int CounterCount => ConvHistory.CounterCount;

    public override int WorkSize => _history.TapsSize;

    public override int Step(SessionMemory session)
    {
        float[] memory = session.Floats;
        int taps = WorkOffset, y = OutputOffset;
        if (!_history.Advance(memory, Gather(session), StateOffset, taps, session.Counters, CounterOffset)) return 0;
        int groupTaps = _history.GroupTaps, groupOutputs = OutputSize / _w.Length;
        for (int group = 0; group < _w.Length; group++)
            _w[group].SetAffine(_bias, group * groupOutputs, memory, taps + group * groupTaps, memory, y + group * groupOutputs);
        _activation.Apply(memory, y, OutputSize);
        return StepStatus.OutputReady;
    }

    public override void Reset(SessionMemory session)
    {
        base.Reset(session);
        _history.Reset(session.Counters, CounterOffset);
    }

    public override bool CountersAreValid(int[] counters) => _history.CountersAreValid(counters, CounterOffset);

    // From [outputs, inputs / groups, kernel] to a matrix per group over [kernel, inputs / groups].
    private WeightMatrix[] GroupMatrices(float[] w, WeightPacking packing)
    {
        int groupSize = InputSize / _history.Groups, groupOutputs = OutputSize / _history.Groups, columns = _history.GroupTaps;
        int kernelSize = _history.KernelSize;
        WeightMatrix[] matrices = new WeightMatrix[_history.Groups];
        for (int group = 0; group < _history.Groups; group++)
        {
            float[] matrix = new float[groupOutputs * columns];
            for (int row = 0; row < groupOutputs; row++)
            {
                int source = (group * groupOutputs + row) * columns;
                for (int input = 0; input < groupSize; input++)
                {
                    for (int k = 0; k < kernelSize; k++)
                        matrix[row * columns + k * groupSize + input] = w[source + input * kernelSize + k];
                }
            }
            matrices[group] = new WeightMatrix(matrix, 0, groupOutputs, columns, packing);
        }
        return matrices;
    }
}

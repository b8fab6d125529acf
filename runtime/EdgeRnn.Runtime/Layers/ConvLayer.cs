using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// Causal 1-D convolution over time with its own ring of past inputs:
/// y_t = f(b + sum_k W[:, :, k] x_(t - (kernelSize - 1 - k) * dilation)), as in PyTorch: the last k multiplies the newest sample.
/// </summary>
internal sealed class ConvLayer : Layer
{
    private readonly int _kernelSize;
    private readonly int _dilation;
    private readonly int _groups;
    private readonly int _stride;
    private readonly int _historyLength; // frames in the ring: (kernelSize - 1) * dilation + 1
    private readonly int _firstOutput;   // steps before the first output
    private readonly WeightMatrix[] _w;  // per group [outputSize / groups, kernelSize * inputSize / groups]
    private readonly float[]? _bias;     // [outputSize]
    private readonly ActivationFunction _activation;

    public ConvLayer(LayerRecord record) : base(record.Name, record.InputSize, record.OutputSize)
    {
        _kernelSize = record.IntParameter(0, 1, ModelLimits.MaxSteps, "kernel size");
        _dilation = record.IntParameter(1, 1, ModelLimits.MaxSteps, "dilation");
        _groups = record.IntParameter(2, 1, Math.Min(InputSize, OutputSize), "groups");
        _stride = record.IntParameter(3, 1, ModelLimits.MaxSteps, "stride");
        bool paddedStart = record.FlagParameter(4, "padded start");
        record.RequireSize("input size modulo groups", InputSize % _groups, 0);
        record.RequireSize("output size modulo groups", OutputSize % _groups, 0);
        long history = (long)(_kernelSize - 1) * _dilation + 1;
        if (history * InputSize > ModelLimits.MaxSessionBytes / 4)
        {
            throw new ModelException(ModelErrorCode.LimitExceeded, Name + ": a history of " + history.ToString() + " steps of " +
                InputSize.ToString() + " features does not fit in a session");
        }
        _historyLength = (int)history;
        _firstOutput = paddedStart ? 0 : _historyLength - 1;
        float[] w = record.Tensor3(TensorRole.InputWeights, OutputSize, InputSize / _groups, _kernelSize);
        _w = GroupMatrices(w);
        _bias = record.OptionalVector(TensorRole.Bias, OutputSize);
        _activation = record.ElementwiseActivation(0);
    }

    public override string Kind => "conv";

    public override int ParameterCount => OutputSize * (InputSize / _groups) * _kernelSize + (_bias == null ? 0 : OutputSize);

    public override long MacsPerStep => (long)OutputSize * (InputSize / _groups) * _kernelSize;

    /// <summary>Independent groups of channels.</summary>
    public int Groups => _groups;

    /// <summary>Input steps per output step.</summary>
    public int Stride => _stride;

    /// <summary>Steps of its input before the first output.</summary>
    public int FirstOutput => _firstOutput;

    public override int StateFloats => _historyLength * InputSize;

    /// <summary>Ring position of the next frame, and steps until the next output.</summary>
    public override int CounterCount => 2;

    public override int WorkFloats => _kernelSize * InputSize;

    public override int Step(float[] memory, int[] counters)
    {
        int position = counters[CounterOffset], untilOutput = counters[CounterOffset + 1];
        Array.Copy(memory, Gather(memory), memory, StateOffset + position * InputSize, InputSize);
        counters[CounterOffset] = position + 1 == _historyLength ? 0 : position + 1;
        if (untilOutput > 0)
        {
            counters[CounterOffset + 1] = untilOutput - 1;
            return 0;
        }
        counters[CounterOffset + 1] = _stride - 1;

        CollectTaps(memory, position);
        int y = OutputOffset, groupInputs = _kernelSize * (InputSize / _groups), groupOutputs = OutputSize / _groups;
        if (_bias == null) Array.Clear(memory, y, OutputSize);
        else Array.Copy(_bias, 0, memory, y, OutputSize);
        for (int group = 0; group < _groups; group++)
            _w[group].AddProduct(memory, WorkOffset + group * groupInputs, memory, y + group * groupOutputs);
        _activation.Apply(memory, y, OutputSize);
        return StepStatus.OutputReady;
    }

    public override void Reset(float[] memory, int[] counters)
    {
        base.Reset(memory, counters);
        counters[CounterOffset + 1] = _firstOutput;
    }

    public override bool CountersAreValid(int[] counters, int counterOffset)
    {
        int position = counters[counterOffset], untilOutput = counters[counterOffset + 1];
        return position >= 0 && position < _historyLength &&
            untilOutput >= 0 && untilOutput <= Math.Max(_firstOutput, _stride - 1);
    }

    // The samples the kernel sees, [group][kernelSize][inputSize / groups], oldest first.
    private void CollectTaps(float[] memory, int newest)
    {
        int groupSize = InputSize / _groups;
        for (int k = 0; k < _kernelSize; k++)
        {
            int frame = newest - (_kernelSize - 1 - k) * _dilation;
            if (frame < 0) frame += _historyLength;
            for (int group = 0; group < _groups; group++)
            {
                Array.Copy(memory, StateOffset + frame * InputSize + group * groupSize, memory,
                    WorkOffset + (group * _kernelSize + k) * groupSize, groupSize);
            }
        }
    }

    // From [outputs, inputs / groups, kernel] to a matrix per group over [kernel, inputs / groups].
    private WeightMatrix[] GroupMatrices(float[] w)
    {
        int groupInputs = InputSize / _groups, groupOutputs = OutputSize / _groups, columns = groupInputs * _kernelSize;
        WeightMatrix[] matrices = new WeightMatrix[_groups];
        for (int group = 0; group < _groups; group++)
        {
            float[] matrix = new float[groupOutputs * columns];
            for (int row = 0; row < groupOutputs; row++)
            {
                int source = (group * groupOutputs + row) * columns;
                for (int input = 0; input < groupInputs; input++)
                {
                    for (int k = 0; k < _kernelSize; k++)
                        matrix[row * columns + k * groupInputs + input] = w[source + input * _kernelSize + k];
                }
            }
            matrices[group] = new WeightMatrix(matrix, 0, groupOutputs, columns);
        }
        return matrices;
    }
}

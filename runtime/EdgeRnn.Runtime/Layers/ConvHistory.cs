using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// The ring of past inputs of a causal convolution, and the samples its kernel sees: x_(t - (kernelSize - 1 - k) * dilation) for k from 0,
/// as in PyTorch. Two counters in the session: ring position of the next frame, and steps until the next output.
/// </summary>
internal sealed class ConvHistory
{
    private readonly int _inputSize;
    private readonly int _dilation;
    private readonly int _length; // frames in the ring: (kernelSize - 1) * dilation + 1

    public ConvHistory(LayerRecord record)
    {
        _inputSize = record.InputSize;
        KernelSize = record.IntParameter(0, 1, ModelLimits.MaxSteps, "kernel size");
        _dilation = record.IntParameter(1, 1, ModelLimits.MaxSteps, "dilation");
        Groups = record.IntParameter(2, 1, Math.Min(_inputSize, record.OutputSize), "groups");
        Stride = record.IntParameter(3, 1, ModelLimits.MaxSteps, "stride");
        bool paddedStart = record.FlagParameter(4, "padded start");
        record.RequireSize("input size modulo groups", _inputSize % Groups, 0);
        record.RequireSize("output size modulo groups", record.OutputSize % Groups, 0);
        long length = (long)(KernelSize - 1) * _dilation + 1;
        if (length * _inputSize > ModelLimits.MaxSessionBytes / 4)
        {
            throw new ModelException(ModelErrorCode.LimitExceeded, record.Name + ": a history of " + length.ToString() +
                " steps of " + _inputSize.ToString() + " features does not fit in a session");
        }
        _length = (int)length;
        FirstOutput = paddedStart ? 0 : _length - 1;
    }

    /// <summary>Counters of a session.</summary>
    public const int CounterCount = 2;

    public int KernelSize { get; }

    /// <summary>Independent groups of channels.</summary>
    public int Groups { get; }

    /// <summary>Input steps per output step.</summary>
    public int Stride { get; }

    /// <summary>Steps of the input before the first output.</summary>
    public int FirstOutput { get; }

    /// <summary>Elements of the ring.</summary>
    public int StateSize => _length * _inputSize;

    /// <summary>Elements the kernel sees.</summary>
    public int TapsSize => KernelSize * _inputSize;

    /// <summary>Elements the kernel of one group sees.</summary>
    public int GroupTaps => TapsSize / Groups;

    /// <summary>
    /// Takes the newest sample; true at the steps that answer, when the samples the kernel sees are in their place:
    /// [Groups][KernelSize][inputSize / Groups], oldest first.
    /// </summary>
    public bool Advance(Array values, int x, int ring, int taps, int[] counters, int counterOffset)
    {
        int position = counters[counterOffset], untilOutput = counters[counterOffset + 1];
        Array.Copy(values, x, values, ring + position * _inputSize, _inputSize);
        counters[counterOffset] = position + 1 == _length ? 0 : position + 1;
        if (untilOutput > 0)
        {
            counters[counterOffset + 1] = untilOutput - 1;
            return false;
        }
        counters[counterOffset + 1] = Stride - 1;
        CollectTaps(values, ring, position, taps);
        return true;
    }

    /// <summary>Sets the counters of a new stream; the ring itself is zeros.</summary>
    public void Reset(int[] counters, int counterOffset)
    {
        counters[counterOffset] = 0;
        counters[counterOffset + 1] = FirstOutput;
    }

    /// <summary>Checks counters restored from a saved state.</summary>
    public bool CountersAreValid(int[] counters, int counterOffset)
    {
        int position = counters[counterOffset], untilOutput = counters[counterOffset + 1];
        return position >= 0 && position < _length && untilOutput >= 0 && untilOutput <= Math.Max(FirstOutput, Stride - 1);
    }

    private void CollectTaps(Array values, int ring, int newest, int taps)
    {
        int groupSize = _inputSize / Groups;
        for (int k = 0; k < KernelSize; k++)
        {
            int frame = newest - (KernelSize - 1 - k) * _dilation;
            if (frame < 0) frame += _length;
            for (int group = 0; group < Groups; group++)
            {
                Array.Copy(values, ring + frame * _inputSize + group * groupSize, values,
                    taps + (group * KernelSize + k) * groupSize, groupSize);
            }
        }
    }
}

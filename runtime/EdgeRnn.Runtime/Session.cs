using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// One stream running through a <see cref="Model"/>: all mutable state, in arrays reserved here. Step and Reset allocate nothing
/// and throw only on buffers that are too short. A session belongs to one thread at a time; sessions of one model do not
/// influence each other.
/// </summary>
public sealed partial class Session
{
    private const int StepCounter = 0;
    private const int PositionCounter = 1;
    private const int DecoderCounter = 2;

    private readonly Model _model;
    private readonly float[] _memory;
    private readonly int[] _counters;
    private readonly bool[] _arrived;        // scratch of the main graph, one flag per value
    private readonly bool[] _decoderArrived; // scratch of the decoder

    /// <summary>Reserves the session's memory: the model's StateBytes and ScratchBytes.</summary>
    /// <param name="model">Shared, not changed.</param>
    public Session(Model model)
    {
        _model = model;
        _memory = new float[model.Plan.TotalFloats];
        _counters = new int[model.Plan.CounterCount];
        _arrived = new bool[model.Main.LayerCount + 1];
        _decoderArrived = new bool[model.Decoder == null ? 0 : model.Decoder.LayerCount + 1];
        Reset();
    }

    /// <summary>The model this session runs.</summary>
    public Model Model => _model;

    /// <summary>Steps since Reset, stopping at the largest int.</summary>
    public int StepCount => _counters[StepCounter];

    /// <summary>Consumes one sample and, where the model answers, writes the answer.</summary>
    /// <param name="input">Holds <see cref="Model.InputSize"/> raw features from <paramref name="inputOffset"/>.</param>
    /// <param name="inputOffset">First feature.</param>
    /// <param name="output">Receives <see cref="Model.OutputSize"/> floats from <paramref name="outputOffset"/> when the
    /// status says so; it may be the input's array.</param>
    /// <param name="outputOffset">First float of the answer.</param>
    /// <returns><see cref="StepStatus"/> bits.</returns>
    /// <exception cref="ArgumentException">A buffer is too short; nothing has changed.</exception>
    public int Step(float[] input, int inputOffset, float[] output, int outputOffset)
    {
        if (inputOffset < 0 || input.Length - inputOffset < _model.InputSize)
            ThrowTooShort("input", input.Length, inputOffset, _model.InputSize);
        if (outputOffset < 0 || output.Length - outputOffset < _model.OutputSize)
            ThrowTooShort("output", output.Length, outputOffset, _model.OutputSize);

        LayerGraph main = _model.Main;
        if (_model.InputMean == null)
        {
            Array.Copy(input, inputOffset, _memory, main.InputOffset, main.InputSize);
        }
        else
        {
            Pointwise.Standardise(input, inputOffset, _model.InputMean, _model.InputInverseScale!, _model.InputClip, _memory,
                main.InputOffset);
        }

        int status;
        if (_model.Window != null)
        {
            status = StepWindow(_model.Window, output, outputOffset);
        }
        else
        {
            status = main.Step(_memory, _counters, _arrived);
            if ((status & StepStatus.OutputReady) != 0) main.CopyOutput(_memory, output, outputOffset);
        }
        return status | CountStep();
    }

    /// <summary>Back to the state of a new session. Allocates nothing.</summary>
    public void Reset()
    {
        Array.Clear(_memory, 0, _memory.Length);
        Array.Clear(_counters, 0, _counters.Length);
        _model.Main.Reset(_memory, _counters);
        if (_model.Decoder != null) _model.Decoder.Reset(_memory, _counters);
    }

    private int CountStep()
    {
        int steps = _counters[StepCounter];
        if (steps < int.MaxValue) _counters[StepCounter] = steps + 1;
        return steps < _model.WarmUpSteps ? StepStatus.WarmingUp : 0;
    }

    private static void ThrowTooShort(string buffer, int length, int offset, int needed)
    {
        throw new ArgumentException(buffer + ": " + needed.ToString() + " floats are needed from offset " + offset.ToString() +
            ", the array has " + length.ToString() + "; see Model.InputSize and Model.OutputSize");
    }
}

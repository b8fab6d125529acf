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
    private readonly LayerGraph _main;
    private readonly SessionMemory _memory;
    private readonly Array _values;          // the array of _memory that samples and answers move in
    private readonly int[] _counters;
    private readonly bool[] _arrived;        // scratch of the main graph, one flag per value
    private readonly bool[] _decoderArrived; // scratch of the decoder
    private readonly int _inputSize;
    private readonly int _outputSize;

    /// <summary>
    /// Reserves the session's memory: the model's StateBytes and ScratchBytes; with vectors a little more, a cache line and a byte for each
    /// number of state.
    /// </summary>
    /// <param name="model">Shared, not changed.</param>
    public Session(Model model)
    {
        _model = model;
        _main = model.Main;
        _inputSize = model.InputSize;
        _outputSize = model.OutputSize;
        _memory = new SessionMemory(model.Plan);
        _values = _memory.Values;
        _counters = _memory.Counters;
        _arrived = new bool[_main.LayerCount + 1];
        _decoderArrived = new bool[model.Decoder == null ? 0 : model.Decoder.LayerCount + 1];
        LookForStream();
        Reset();
    }

    /// <summary>The model this session runs.</summary>
    public Model Model => _model;

    /// <summary>Steps since Reset, stopping at the largest int.</summary>
    public int StepCount => _counters[StepCounter];

    /// <summary>
    /// Consumes one sample and, where the model answers, writes the answer. A quantized model rounds the standardised sample to
    /// its input format and runs as with <see cref="StepQuantized"/>.
    /// </summary>
    /// <param name="input">Holds <see cref="Model.InputSize"/> raw features from <paramref name="inputOffset"/>.</param>
    /// <param name="inputOffset">First feature.</param>
    /// <param name="output">Receives <see cref="Model.OutputSize"/> floats from <paramref name="outputOffset"/> when the
    /// status says so; it may be the input's array.</param>
    /// <param name="outputOffset">First float of the answer.</param>
    /// <returns><see cref="StepStatus"/> bits.</returns>
    /// <exception cref="ArgumentException">A buffer is too short; nothing has changed.</exception>
    public int Step(float[] input, int inputOffset, float[] output, int outputOffset)
    {
        RequireLength("input", input.Length, inputOffset, _inputSize);
        RequireLength("output", output.Length, outputOffset, _outputSize);
        int status = 0;
        bool done = false;
        StepStream(input, inputOffset, output, outputOffset, ref status, ref done);
        if (done) return status;
        status = TakeInput(input, inputOffset);
        if (!_model.IsQuantized) return Advance(output, outputOffset);
        status |= Advance(_memory.Ints, _model.Plan.AnswerOffset);
        if ((status & StepStatus.OutputReady) != 0) GiveFloats(output, outputOffset);
        return status;
    }

    /// <summary>Back to the state of a new session. Allocates nothing.</summary>
    public void Reset()
    {
        _memory.Clear();
        _main.Reset(_memory);
        if (_model.Decoder != null) _model.Decoder.Reset(_memory);
    }

    // Standardises a sample to where the first layer reads it.
    internal int TakeInput(float[] input, int inputOffset)
    {
        if (_model.IsQuantized) return RoundInput(input, inputOffset);
        if (_model.InputMean == null)
        {
            Array.Copy(input, inputOffset, _memory.Floats, _main.InputOffset, _inputSize);
        }
        else
        {
            Pointwise.Standardise(input, inputOffset, _model.InputMean, _model.InputInverseScale!, _model.InputClip,
                _memory.Floats, _main.InputOffset);
        }
        return 0;
    }

    // One step over the input already in its place. The answer goes to an array of the kind the values lie in.
    private int Advance(Array answer, int answerOffset)
    {
        int status;
        if (_model.Window != null)
        {
            status = StepWindow(_model.Window, answer, answerOffset);
        }
        else
        {
            status = _main.Step(_memory, _arrived);
            if ((status & StepStatus.OutputReady) != 0) _main.CopyOutput(_values, answer, answerOffset);
        }
        return status | CountStep();
    }

    partial void LookForStream();

    partial void StepStream(float[] input, int inputOffset, float[] output, int outputOffset, ref int status, ref bool done);

    private int CountStep()
    {
        int steps = _counters[StepCounter];
        if (steps < int.MaxValue) _counters[StepCounter] = steps + 1;
        return steps < _model.WarmUpSteps ? StepStatus.WarmingUp : 0;
    }

    private static void RequireLength(string buffer, int length, int offset, int needed)
    {
        if (offset < 0 || length - offset < needed) ThrowTooShort(buffer, length, offset, needed);
    }

    private static void ThrowTooShort(string buffer, int length, int offset, int needed)
    {
        throw new ArgumentException(buffer + ": " + needed.ToString() + " elements are needed from offset " + offset.ToString() +
            ", the array has " + length.ToString() + "; see Model.InputSize and Model.OutputSize");
    }
}

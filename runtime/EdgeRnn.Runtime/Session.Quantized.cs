using System;

namespace EdgeRnn.Runtime;

// Quantized models: samples and answers as 16-bit numbers, and the borders to float. See NUMERICS.md, "Integer path".
public sealed partial class Session
{
    /// <summary>Consumes one sample of a quantized model and, where the model answers, writes the answer. Uses integers only.</summary>
    /// <param name="input">Holds <see cref="Model.InputSize"/> standardised features from <paramref name="inputOffset"/>, each times
    /// 2^<see cref="Model.InputFractionBits"/>; -32768 is taken for -32767.</param>
    /// <param name="inputOffset">First feature.</param>
    /// <param name="output">Receives <see cref="Model.OutputSize"/> numbers from <paramref name="outputOffset"/> when the status says
    /// so, each times 2^<see cref="Model.OutputFractionBits"/>; it may be the input's array.</param>
    /// <param name="outputOffset">First number of the answer.</param>
    /// <returns><see cref="StepStatus"/> bits.</returns>
    /// <exception cref="ArgumentException">A buffer is too short, or the model has layers in float; nothing has changed.</exception>
    public int StepQuantized(short[] input, int inputOffset, short[] output, int outputOffset)
    {
        RequireIntegers(_model);
        RequireLength("input", input.Length, inputOffset, _model.InputSize);
        RequireLength("output", output.Length, outputOffset, _model.OutputSize);
        TakeQuantized(input, inputOffset);
        return AdvanceIntegers(output, outputOffset);
    }

    /// <summary>
    /// Consumes one sample of whole numbers as a sensor gives them and, where the model answers, writes the answer. They are
    /// standardised in integers, to within one unit of what <see cref="Step(float[], int, float[], int)"/> makes of the same
    /// numbers; no float is used.
    /// </summary>
    /// <param name="counts">Holds <see cref="Model.InputSize"/> readings from <paramref name="countsOffset"/>, in the unit of the
    /// data the model was trained on; any 16-bit number is valid.</param>
    /// <param name="countsOffset">First feature.</param>
    /// <param name="output">As for <see cref="StepQuantized"/>.</param>
    /// <param name="outputOffset">First number of the answer.</param>
    /// <returns><see cref="StepStatus"/> bits.</returns>
    /// <exception cref="ArgumentException">A buffer is too short, the model has layers in float, or its file does not say how its
    /// input is standardised (see <see cref="Model.AcceptsCounts"/>); nothing has changed.</exception>
    public int StepCounts(short[] counts, int countsOffset, short[] output, int outputOffset)
    {
        CountStandardiser standardiser = RequireCounts(_model);
        RequireLength("counts", counts.Length, countsOffset, _model.InputSize);
        RequireLength("output", output.Length, outputOffset, _model.OutputSize);
        standardiser.Apply(counts, countsOffset, _memory.Ints, _model.Main.InputOffset);
        return AdvanceIntegers(output, outputOffset);
    }

    /// <summary>Refuses models with layers in float.</summary>
    internal static void RequireIntegers(Model model)
    {
        if (!model.IsIntegerOnly) ThrowNotInteger();
    }

    /// <summary>Refuses models that cannot standardise whole numbers; else what standardises them.</summary>
    internal static CountStandardiser RequireCounts(Model model)
    {
        RequireIntegers(model);
        if (model.Counts == null) ThrowNoStandardiser();
        return model.Counts!;
    }

    // Brings a sample to where the first layer reads it.
    internal void TakeQuantized(short[] input, int inputOffset)
    {
        int[] ints = _memory.Ints;
        int at = _model.Main.InputOffset;
        for (int i = 0; i < _model.InputSize; i++)
        {
            int value = input[inputOffset + i];
            ints[at + i] = value < -QuantizedLimits.MaxValue ? -QuantizedLimits.MaxValue : value;
        }
    }

    private int AdvanceIntegers(short[] output, int outputOffset)
    {
        int status = Advance(_memory.Ints, _model.Plan.AnswerOffset);
        if ((status & StepStatus.OutputReady) != 0) GiveIntegers(output, outputOffset);
        return status;
    }

    private void GiveIntegers(short[] output, int outputOffset)
    {
        int[] ints = _memory.Ints;
        int answer = _model.Plan.AnswerOffset;
        for (int i = 0; i < _model.OutputSize; i++) output[outputOffset + i] = (short)ints[answer + i];
    }

    // Standardises in float, then rounds: floor(x * 2^k + 0.5), saturated. What is no number becomes 0 and a status bit.
    private int RoundInput(float[] input, int inputOffset)
    {
        int[] ints = _memory.Ints;
        float[]? mean = _model.InputMean;
        float clip = _model.InputClip;
        double scale = _model.InputScale;
        int at = _model.Main.InputOffset, status = 0, done = 0;
        RoundVectors(input, inputOffset, ref done, ref status);
        for (int i = done; i < _model.InputSize; i++)
        {
            float x = input[inputOffset + i];
            if (mean != null)
            {
                // Two roundings, as in float models.
                float centred = x - mean[i];
                x = centred * _model.InputInverseScale![i];
                if (clip != 0) x = x > clip ? clip : x < -clip ? -clip : x;
            }
            double scaled = x * scale + 0.5;
            int value = 0;
            if (scaled >= QuantizedLimits.MaxValue) value = QuantizedLimits.MaxValue;
            else if (scaled > -QuantizedLimits.MaxValue) value = (int)Rounding.Floor(scaled);
            else if (scaled <= -QuantizedLimits.MaxValue) value = -QuantizedLimits.MaxValue;
            else status = StepStatus.InvalidInput;
            ints[at + i] = value;
        }
        return status;
    }

    // The same for the first of the features, as many as vectors hold.
    partial void RoundVectors(float[] input, int inputOffset, ref int done, ref int status);

    private void GiveFloats(float[] output, int outputOffset)
    {
        int[] ints = _memory.Ints;
        float[] scales = _model.OutputScales;
        int at = _model.Plan.AnswerOffset;
        for (int frame = 0; frame < _model.FramesPerAnswer; frame++)
        {
            for (int i = 0; i < scales.Length; i++) output[outputOffset++] = ints[at++] * scales[i];
        }
    }

    private static void ThrowNotInteger()
    {
        throw new ArgumentException("StepQuantized, StepCounts: the model computes in float, or has layers that do; use Step," +
            " or convert it with --scheme w8a16");
    }

    private static void ThrowNoStandardiser()
    {
        throw new ArgumentException("StepCounts: the model's file has no standardisation of its input; use StepQuantized with" +
            " standardised values, or convert the model with its mean and scale");
    }
}

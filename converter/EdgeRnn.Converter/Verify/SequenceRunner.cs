using System;
using System.Collections.Generic;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Verify;

/// <summary>Runs the real runtime over whole arrays, step by step; a batch runs as one session per sequence.</summary>
public static class SequenceRunner
{
    private const int _progressInterval = 4096;
    private const int _maxValues = 1 << 28;

    /// <summary>Runs a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">As many features per step as the model reads.</param>
    /// <param name="progress">Told now and then how many steps, over all sequences, have run since the last time.</param>
    /// <exception cref="ConversionException">The features do not fit, or the answers would not fit into memory.</exception>
    public static Answers Run(Model model, StepArray input, Action<int>? progress = null)
    {
        if (input.Features != model.InputSize)
            throw new ConversionException($"input: {input.Features} features per step, the model reads {model.InputSize}");
        int maxValues = _maxValues / input.Sequences.Count;
        List<float[]> sequences = [];
        List<int> steps = [];
        long invalid = 0;
        foreach (float[] sequence in input.Sequences)
        {
            steps.Clear();
            sequences.Add(RunSequence(model, sequence, maxValues, steps, ref invalid, progress));
        }
        return new Answers(sequences, steps, model.FramesPerAnswer, model.FrameSize, input.Steps) { InvalidInputs = invalid };
    }

    private static float[] RunSequence(Model model, float[] input, int maxValues, List<int> answered, ref long invalid,
        Action<int>? progress)
    {
        int stepCount = input.Length / model.InputSize;
        Session session = new(model);
        float[] answer = new float[model.OutputSize];
        List<float> answers = [];
        for (int step = 0; step < stepCount; step++)
        {
            int status = session.Step(input, step * model.InputSize, answer, 0);
            if ((status & StepStatus.InvalidInput) != 0) invalid++;
            if ((status & StepStatus.OutputReady) != 0)
            {
                if (answers.Count > maxValues - answer.Length)
                {
                    throw new ConversionException($"input: more than {_maxValues} values are answered by step {step}; " +
                        "run it in parts");
                }
                answers.AddRange(answer);
                answered.Add(step);
            }
            if (progress != null && (step + 1) % _progressInterval == 0) progress(_progressInterval);
        }
        progress?.Invoke(stepCount % _progressInterval);
        return answers.ToArray();
    }
}

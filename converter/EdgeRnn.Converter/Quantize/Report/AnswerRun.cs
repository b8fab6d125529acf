using System;
using System.Collections.Generic;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>All answers of a model to an input.</summary>
internal static class AnswerRun
{
    /// <summary>The answers, one after another; each sequence of the input starts from the initial state.</summary>
    /// <param name="file">The model.</param>
    /// <param name="input">What it is fed.</param>
    /// <param name="steps">How much of it.</param>
    /// <param name="change">Makes of a raw step, in place, what the model is fed; null for the raw step.</param>
    public static float[] Of(byte[] file, ReportInput input, int steps, Action<float[]>? change = null)
    {
        Model model = Model.Load(file);
        Session session = new(model);
        float[] answer = new float[model.OutputSize];
        List<float> answers = [];
        foreach (float[]? row in input.Rows(steps))
        {
            if (row == null)
            {
                session.Reset();
                continue;
            }
            change?.Invoke(row);
            if ((session.Step(row, 0, answer, 0) & StepStatus.OutputReady) != 0) answers.AddRange(answer);
        }
        return [.. answers];
    }

    /// <summary>Error ratio of answers; null without a signal.</summary>
    public static double? ErrorRatio(float[] reference, float[] answers)
    {
        ErrorSum sum = new();
        for (int i = 0; i < reference.Length; i++) sum.Add(reference[i], answers[i]);
        return sum.Ratio;
    }
}

using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>The channels' errors over a recording as a detector has them before it combines them, through the detector's own parts.</summary>
internal static class ErrorRun
{
    /// <summary>Runs.</summary>
    /// <param name="model">The model.</param>
    /// <param name="settings">Kind, lead, targets, weights, clip, smoothing and whether channels are averaged or normalised are used.</param>
    /// <param name="recording">One sequence, raw.</param>
    /// <returns>A row of errors, in standard units, for each score after the warm-up.</returns>
    public static IReadOnlyList<double[]> Of(Model model, DetectorSettings settings, StepArray recording)
    {
        Session session = new(model);
        DetectorMemory memory = new();
        ErrorSource source = Detector.MakeSource(memory, model, settings);
        Ewma? smoothed = settings.SmoothChannels ? new Ewma(memory, source.Size, Math.Max(1, FixedScore.Of(settings.Smoothing))) : null;
        memory.Allocate();
        source.Reset();
        int warmUp = settings.WarmUpSteps < 0 ? model.WarmUpSteps : settings.WarmUpSteps, settling = warmUp;
        float[] values = recording.Sequences[0], sample = new float[model.InputSize], answer = new float[model.OutputSize];
        int[] inputs = new int[model.InputSize], answers = new int[model.OutputSize], errors = new int[source.Size];
        List<double[]> rows = [];
        for (int step = 0; step < recording.Steps; step++)
        {
            bool isWhole = true;
            for (int i = 0; i < sample.Length; i++)
            {
                float reading = values[step * sample.Length + i];
                if (float.IsFinite(reading)) sample[i] = reading; // or the last one stands
                else isWhole = false;
            }
            int status = session.StepScored(sample, inputs, answer, answers);
            settling = isWhole ? Math.Max(0, settling - 1) : Math.Max(settling, model.WarmUpSteps);
            if (!source.Step(inputs, answers, (status & StepStatus.OutputReady) != 0, errors)) continue;
            if (isWhole && smoothed != null)
            {
                smoothed.Add(errors, 0);
                for (int i = 0; i < errors.Length; i++) errors[i] = smoothed.Value(i);
            }
            if (isWhole && settling == 0) rows.Add(Array.ConvertAll(errors, error => error / (double)FixedScore.One));
        }
        if (settings.NormaliseChannels) Normalise(rows, source.Size);
        Weight(rows, settings);
        return rows;
    }

    private static void Normalise(List<double[]> rows, int channels)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            double sum = 0, squares = 0;
            foreach (double[] row in rows)
            {
                sum += row[channel];
                squares += row[channel] * row[channel];
            }
            double mean = rows.Count == 0 ? 0 : sum / rows.Count;
            double deviation = rows.Count == 0 ? 1 : Math.Sqrt(Math.Max(0, squares / rows.Count - mean * mean));
            foreach (double[] row in rows) row[channel] = (row[channel] - mean) / Math.Max(deviation, 1e-3);
        }
    }

    private static void Weight(List<double[]> rows, DetectorSettings settings)
    {
        double clip = settings.ErrorClip == 0 ? double.MaxValue : settings.ErrorClip;
        foreach (double[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                double weight = settings.Weights.Length == row.Length ? settings.Weights[i] : 1;
                row[i] = Math.Clamp(row[i] * weight, -clip, clip);
            }
        }
    }
}

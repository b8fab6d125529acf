using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>Takes an imported graph the whole way: written as .ernn, loaded, run one step at a time.</summary>
internal sealed class StreamRunner
{
    private readonly Session _session;
    private readonly float[] _answer;

    public StreamRunner(RecurrentGraph graph)
    {
        Model = Model.Load(ErnnWriter.Write(graph));
        _session = new Session(Model);
        _answer = new float[Model.OutputSize];
    }

    public Model Model { get; }

    public void Reset() => _session.Reset();

    /// <summary>Feeds rows of <c>Model.InputSize</c> floats; the state stays from the call before.</summary>
    /// <returns>The answers, in the order they came.</returns>
    public IReadOnlyList<float[]> Run(float[] rows)
    {
        Assert.Equal(0, rows.Length % Model.InputSize);
        List<float[]> answers = [];
        for (int offset = 0; offset < rows.Length; offset += Model.InputSize)
        {
            int status = _session.Step(rows, offset, _answer, 0);
            if ((status & StepStatus.OutputReady) != 0) answers.Add((float[])_answer.Clone());
        }
        return answers;
    }

    /// <summary>Feeds rows and lays the answers end to end.</summary>
    public float[] RunFlat(float[] rows)
    {
        List<float> all = [];
        foreach (float[] answer in Run(rows)) all.AddRange(answer);
        return [.. all];
    }
}

/// <summary>Comparisons with reference outputs.</summary>
internal static class Agreement
{
    /// <summary>The largest difference of two arrays of equal length.</summary>
    public static double MaxError(IReadOnlyList<float> expected, IReadOnlyList<float> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        double worst = 0;
        for (int i = 0; i < expected.Count; i++)
        {
            double error = Math.Abs((double)expected[i] - actual[i]);
            Assert.False(double.IsNaN(error), $"element {i} is not a number");
            worst = Math.Max(worst, error);
        }
        return worst;
    }

    /// <summary>Passes when no element is further off than the tolerance.</summary>
    public static void Within(double tolerance, IReadOnlyList<float> expected, IReadOnlyList<float> actual)
    {
        double worst = MaxError(expected, actual);
        Assert.True(worst <= tolerance, $"largest difference {worst:g4}, tolerance {tolerance:g4}");
    }

    /// <summary>Error to signal ratio: sum of squared errors over the energy of the reference.</summary>
    public static double Esr(IReadOnlyList<float> expected, IReadOnlyList<float> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        double error = 0, energy = 0;
        for (int i = 0; i < expected.Count; i++)
        {
            error += Math.Pow((double)expected[i] - actual[i], 2);
            energy += Math.Pow(expected[i], 2);
        }
        return error / energy;
    }
}

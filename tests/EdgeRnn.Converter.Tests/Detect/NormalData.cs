using System;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Converter.Tests.Detect;

/// <summary>A model that forecasts that nothing changes, and seeded recordings for it.</summary>
internal static class NormalData
{
    /// <summary>y = x: the error is the change from one sample to the next.</summary>
    public static byte[] Persistence(int features, WindowPlan? window = null, int answers = 0) => ErnnWriter.Write(new RecurrentGraph
    {
        Name = "persistence",
        Main = Copy(features, answers == 0 ? features : answers),
        Window = window,
        Preprocessing = new Preprocessing(new float[features], [.. Enumerable.Repeat(1f, features)], 0)
        {
            ChannelNames = [.. Enumerable.Range(0, features).Select(i => $"c{i}")],
        },
    });

    /// <summary>Correlated noise: channel i is the mean of a common part and one of its own, times i + 1.</summary>
    public static StepArray Noise(int steps, int features, int seed)
    {
        Random random = new(seed);
        float[] values = new float[steps * features];
        for (int step = 0; step < steps; step++)
        {
            double common = Normal(random);
            for (int i = 0; i < features; i++) values[step * features + i] = (float)((i + 1) * (common + Normal(random)) / 2);
        }
        return new StepArray([values], features);
    }

    private static Subgraph Copy(int features, int answers)
    {
        float[] weights = new float[answers * features];
        for (int i = 0; i < Math.Min(answers, features); i++) weights[i * features + i] = 1;
        DenseNode copy = new("copy", [new Segment(0, 0, features)], new Tensor(weights, answers, features), null, Activation.Linear);
        return new Subgraph { InputSize = features, Nodes = [copy], Outputs = [new Segment(1, 0, answers)] };
    }

    // Box and Muller.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;

namespace EdgeRnn.Benchmarks;

/// <summary>A detector over a small machine: eight sensors, a GRU (reset after) of 16 units that forecasts them, random weights.</summary>
/// <param name="Name">The row of the table.</param>
/// <param name="Settings">Of the detector.</param>
public sealed record DetectorCase(string Name, DetectorSettings Settings)
{
    private const int Seed = 20240603, Channels = 8, Units = 16;

    /// <summary>Steps until a detector of any case judges.</summary>
    public const int ReadySteps = 1000;

    /// <summary>Each way of combining errors with a threshold it is used with, and each threshold.</summary>
    public static IReadOnlyList<DetectorCase> All { get; } =
    [
        new("sum, quantile", Base(ThresholdMethod.Quantile, 0.99f)),
        new("sum, sigma adapting", Adapting(Base(ThresholdMethod.Sigma, 4))),
        new("Mahalanobis, sigma", Whitened(Base(ThresholdMethod.Sigma, 4))),
        new("sum, SPOT", Base(ThresholdMethod.Spot, 0.98f)),
        new("sum, DSPOT", Base(ThresholdMethod.DriftSpot, 0.98f)),
        new("sum, dynamic", Base(ThresholdMethod.Dynamic, 2.5f)),
        new("all checks, two-sided quantile", Checked(Base(ThresholdMethod.Quantile, 0.99f))),
    ];

    /// <summary>The network as an .ernn file.</summary>
    /// <param name="quantized">As w8a16 for counts, else float32.</param>
    public static byte[] File(bool quantized)
    {
        Random random = new(Seed);
        Tensor Numbers(int rows, int columns) =>
            new([.. Enumerable.Range(0, rows * columns).Select(_ => (float)(random.NextDouble() * 2 - 1) / MathF.Sqrt(columns))], rows, columns);
        Tensor w = Numbers(3 * Units, Channels), u = Numbers(3 * Units, Units), v = Numbers(Channels, Units);
        GruNode cell = new("gru", [new(0, 0, Channels)], w, u, new Tensor(new float[4 * Units], 4 * Units), true);
        DenseNode head = new("head", [new(1, 0, Units)], v, new Tensor(new float[Channels], Channels), Activation.Linear);
        RecurrentGraph graph = new()
        {
            Name = "detector",
            Main = new Subgraph { InputSize = Channels, Nodes = [cell, head], Outputs = [new(2, 0, Channels)] },
            Preprocessing = new Preprocessing(new float[Channels], [.. Enumerable.Repeat(1 / 1000f, Channels)], 8),
        };
        return quantized ? new IntegerConverter(graph).Convert(new QuantizationSettings { Default = Scheme.W8A16 }) : ErnnWriter.Write(graph);
    }

    /// <summary>[steps][8] readings with deviation 1000.</summary>
    public static short[][] Signal(int steps)
    {
        Random random = new(Seed + 1);
        double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return [.. Enumerable.Range(0, steps).Select(_ => Enumerable.Range(0, Channels).Select(_ => (short)(1000 * Gaussian())).ToArray())];
    }

    private static DetectorSettings Base(ThresholdMethod method, float level) => new()
    {
        NormaliseChannels = true,
        WarmUpSteps = 50,
        ChannelSteps = 200,
        Threshold = method,
        Level = level,
        Risk = 1e-3f,
    };

    private static DetectorSettings Adapting(DetectorSettings settings)
    {
        settings.Adaptation = 0.001f;
        return settings;
    }

    private static DetectorSettings Whitened(DetectorSettings settings)
    {
        Random random = new(Seed + 2);
        settings.Combination = ScoreCombination.Mahalanobis;
        settings.Whitening = [.. Enumerable.Range(0, Channels * (Channels + 1) / 2).Select(_ => (float)random.NextDouble())];
        return settings;
    }

    private static DetectorSettings Checked(DetectorSettings settings)
    {
        float[] All(float value) => [.. Enumerable.Repeat(value, Channels)];
        settings.TwoSided = true;
        settings.Adaptation = 0.001f;
        settings.Sensors = new SensorSettings
        {
            Lowest = All(-20000),
            Highest = All(20000),
            StuckSteps = [.. Enumerable.Repeat(20, Channels)],
            FlatSteps = 50,
            FlatRange = All(1),
            SpikeStep = All(15000),
        };
        return settings;
    }
}

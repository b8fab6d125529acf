using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Runtime;
using EdgeRnn.Tests.Quantized;

namespace EdgeRnn.Tests.Detection;

/// <summary>
/// A machine of three sensors, a GRU that forecasts it, and a detector over both, in each way samples come in. Readings are whole
/// numbers, so that all ways read the same.
/// </summary>
internal static class WatchedStream
{
    /// <summary>The ways in: a float model, an integer model reading floats, and one reading counts.</summary>
    public const string Floats = "float model", Integers = "integer model", Counts = "integer model, counts";

    public const int WarmUp = 40, ChannelSteps = 60, ThresholdSteps = 80, ReadyAt = WarmUp + ChannelSteps + ThresholdSteps;

    /// <summary>How many good readings are believed before the checks can know.</summary>
    public const int StuckSteps = 3, FlatSteps = 12, MaxSubstituted = 8;

    private const int Seed = 20261204;

    private static readonly float[] _means = [500, -2000, 90], _deviations = [100, 400, 25];
    private static readonly Dictionary<string, byte[]> _files = new() { [Floats] = WriteFloats(), [Integers] = WriteIntegers() };

    public static IReadOnlyList<string> Ways { get; } = [Floats, Integers, Counts];

    public static byte[] File(string way) => _files[way == Counts ? Integers : way];

    public static Model Load(string way) => Model.Load(File(way));

    public static DetectorSettings Settings() => new()
    {
        NormaliseChannels = true,
        ChannelSteps = ChannelSteps,
        ThresholdSteps = ThresholdSteps,
        Smoothing = 0.2f,
        Level = 0.95f,
        Factor = 1.6f,
        Votes = StuckSteps + 1,
        VoteWindow = StuckSteps + 1,
        Sensors = Sensors(),
    };

    public static SensorSettings Sensors() => new()
    {
        Lowest = [-1000, -6000, -300],
        Highest = [2000, 2000, 500],
        StuckSteps = [StuckSteps, StuckSteps, StuckSteps],
        FlatSteps = FlatSteps,
        FlatRange = [1, 1, 1],
        SpikeStep = [400, 1600, 100],
        MaxSubstituted = MaxSubstituted,
        PeriodMs = 100,
        LateMs = 30,
    };

    public static Detector Detector(string way, DetectorSettings? settings = null) => new(Load(way), settings ?? Settings(), way == Counts);

    /// <summary>[steps][3] readings of the machine running.</summary>
    public static short[][] Signal(int steps, int seed = Seed)
    {
        Random random = new(seed);
        short[][] signal = new short[steps][];
        for (int t = 0; t < steps; t++)
        {
            signal[t] = new short[3];
            for (int c = 0; c < 3; c++)
            {
                double wave = 1.2 * Math.Sin(2 * Math.PI * t / (11 + 4 * c) + c), noise = random.NextDouble() * 2 - 1;
                signal[t][c] = (short)Math.Round(_means[c] + _deviations[c] * (wave + 0.5 * noise));
            }
            // Noise of this size hardly ever repeats a reading; a test of the checks wants none.
            for (int c = 0; c < 3 && t > 0; c++) signal[t][c] += (short)(signal[t][c] == signal[t - 1][c] ? 1 : 0);
        }
        return signal;
    }

    /// <summary>A step with whole readings, as the detector takes them.</summary>
    public static DetectorState Step(Detector detector, string way, short[] sample) =>
        way == Counts ? detector.StepCounts(sample, 0) : detector.Step(Array.ConvertAll(sample, reading => (float)reading), 0);

    private static RecurrentGraph Graph()
    {
        Graphs graphs = new(Seed);
        // Recurrent weights of this size forget within WarmUp steps, as a test below measures.
        Subgraph chain = Graphs.Chain(3,
            inputs => new GruNode("gru", inputs, graphs.Random(24, 3).Scale(0.4f), graphs.Random(24, 8).Scale(0.25f), graphs.Random(32).Scale(0.2f), ResetAfter: true),
            inputs => new DenseNode("dense", inputs, graphs.Random(3, 8).Scale(0.5f), null, Activation.Linear));
        return Graphs.Whole(chain, preprocessing: new Preprocessing(_means, [.. _deviations.Select(deviation => 1 / deviation)], 8));
    }

    private static byte[] WriteFloats() => ErnnWriter.Write(Graph(), warmUpSteps: WarmUp);

    private static byte[] WriteIntegers()
    {
        RecurrentGraph prepared = Quantizer.Prepare(Graph());
        float[][] signal = [.. Signal(400).Select(sample => Array.ConvertAll(sample, reading => (float)reading))];
        ValueRanges ranges = ObservedRanges.Of(prepared, signal);
        return ErnnWriter.Write(Quantizer.Quantize(prepared, ranges, new QuantizationSettings { Default = Scheme.W8A16 }), warmUpSteps: WarmUp);
    }
}

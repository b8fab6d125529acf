using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests.Engine;

/// <summary>
/// Scenarios and a model small enough to see through: the forecast is the reading itself, so that the score is how far a reading moves
/// from one step to the next.
/// </summary>
internal static class TinyDevice
{
    public const int WarmUp = 20, ThresholdSteps = 80;

    /// <summary>A voltage that a setting moves, on one channel of a converter; ten samples a second.</summary>
    public const string Head = """
        title: A voltage
        duration: 60 s
        rate: 10
        sensor: { kind: mcp3008, inputs: 0 }
        board: { alarm: 17, led: 27, buzzer: 22, button: { pin: 23, activeLow: true } }
        sources:
          wire: { kind: ecg, gain: 20 }
        signals: { ch0: wire.volts }

        """;

    public static byte[] Model(int channels, float unit = 0.01f, string? measuredIn = null)
    {
        float[] same = new float[channels * channels];
        for (int i = 0; i < channels; i++) same[i * channels + i] = 1;
        IReadOnlyList<Segment> input = [new Segment(0, 0, channels)];
        DenseNode copy = new("copy", input, new Tensor(same, channels, channels), null, Activation.Linear);
        byte[] file = ErnnWriter.Write(new RecurrentGraph
        {
            Name = "tiny",
            Main = new Subgraph { InputSize = channels, Nodes = [copy], Outputs = [new Segment(1, 0, channels)] },
            Preprocessing = new Preprocessing(new float[channels], [.. Enumerable.Repeat(1 / unit, channels)], 0)
            {
                ChannelNames = measuredIn == null ? [] : [.. Enumerable.Range(0, channels).Select(channel => $"ch{channel}")],
                ChannelUnits = measuredIn == null ? [] : [.. Enumerable.Repeat(measuredIn, channels)],
            },
        }, warmUpSteps: WarmUp);
        return DetectorSection.Write(file, Settings);
    }

    public static DetectorSettings Settings => new()
    {
        ThresholdSteps = ThresholdSteps,
        Smoothing = 0.5f,
        Level = 0.95f,
        Factor = 3,
        Votes = 1,
        VoteWindow = 1,
        Sensors = new SensorSettings { MaxSubstituted = 8 },
    };

    public static Scenario Read(string text) => Scenario.Parse(text, "tiny.yaml", AppContext.BaseDirectory);

    public static Simulation Run(string tail, ulong seed = 1, ISimulationObserver? observer = null)
    {
        Simulation simulation = new(Read(Head + tail), Model(1), seed, observer);
        simulation.Run();
        return simulation;
    }

    /// <summary>A verdict of a run, as one line.</summary>
    public static string Verdict(string events, string expectation)
    {
        Verdict verdict = Assert.Single(Run($"{events}\nexpect: [ \"{expectation}\" ]").Verdicts);
        return $"{(verdict.Met == true ? "met" : "not met")}, {verdict.Why}";
    }
}

using System;
using EdgeRnn.Firmware;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>
/// What a scenario's sensors give, as a device that records writes it: the firmware's own recorder over the computed board. Needs no
/// model. Everything that happens to world and sensors happens; the recorder itself keeps its power and is never late.
/// </summary>
public sealed class ScenarioRecording
{
    private readonly RecordLoop _loop;
    private readonly long _ticks;

    /// <summary>A recording; nothing has been measured.</summary>
    /// <param name="scenario">What happens.</param>
    /// <param name="seed">Chooses the noise of every source.</param>
    /// <param name="sink">Takes a line per sample, as <see cref="SampleLine"/> writes it.</param>
    /// <param name="durationMicros">How long; 0: as long as the scenario.</param>
    /// <exception cref="ScenarioException">Nobody says how often to measure, or the sensor cannot do so; one line.</exception>
    public ScenarioRecording(Scenario scenario, ulong seed, IReportSink sink, long durationMicros)
    {
        SimulatedBoard board = new() { KeepsEdges = false };
        World world = new(scenario, board, seed, null);
        ISensor sensor = SimulatedDevice.MakeSensor(scenario, board);
        int period = sensor.SamplePeriodMicros > 0 ? sensor.SamplePeriodMicros
            : scenario.RateHz is { } hz ? (int)Math.Round(1e6 / hz)
            : throw scenario.Root.WrongAt("rate", "expected samples a second, found nothing; add it");
        try
        {
            _loop = new RecordLoop(sensor, board.Clock, new SampleLine(sensor, sink, true), period, scenario.SamplesPerTurn);
        }
        catch (ArgumentException wrong)
        {
            throw scenario.Root.Wrong(wrong.Message);
        }
        _ = new Timeline(scenario, board, world, new Recorder(period, (long)period * scenario.SamplesPerTurn), false);
        _ticks = Math.Max(1, (durationMicros == 0 ? scenario.DurationMicros : durationMicros) / period);
    }

    /// <summary>Samples so far.</summary>
    public int Samples => _loop.Samples;

    /// <summary>Records until the time is up, or <see cref="Stop"/>.</summary>
    public void Run()
    {
        _loop.Start();
        _loop.Run(_ticks);
    }

    /// <summary>Ends <see cref="Run"/>. May be called on any thread.</summary>
    public void Stop() => _loop.Stop();

    private sealed class Recorder(long periodMicros, long turnMicros) : ITimelineDevice
    {
        public bool HasPower => false;

        public long PeriodMicros => periodMicros;

        public long TurnMicros => turnMicros;

        public void Tell(SimulationEventKind kind, string text)
        {
            // A recording has no events.
        }

        public void CutPower(ScenarioEvent cut)
        {
            // The recorder keeps its power.
        }

        public void Press(bool isDown)
        {
            // It has no button.
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Simulator;

/// <summary>The sources of a scenario and its sensors' other side: what there is outside of the device.</summary>
internal sealed class World
{
    private readonly WorldSignal[][] _signals;

    // Without sources where a trace takes their place.
    /// <exception cref="ScenarioException">A recording is not there any more, or is another one; one line.</exception>
    public World(Scenario scenario, SimulatedBoard board, ulong seed, IReadOnlyList<TraceSignal>? replay)
    {
        Sources = [.. scenario.Sources.Select(source => MakeSource(scenario, source, seed))];
        Parts = [.. scenario.Sensors.Select((sensor, i) => SimulatedParts.Attach(board, sensor.ToOptions(), SeedOf($"sensor {i}", seed)))];
        _signals = [.. Parts.Select(part => new WorldSignal[part.Inputs.Count])];
        foreach (ScenarioSignal signal in scenario.Signals)
        {
            ISource source = Sources[signal.Source];
            if (signal.Output >= source.Outputs.Count)
                throw NodeOf(scenario, scenario.Sources[signal.Source]).Wrong("expected the columns that the file had as the scenario " +
                    "was read, found fewer; read the scenario again");
            Connect(signal.Sensor, signal.Input, at => source.ValueOf(signal.Output, at) * signal.Scale + signal.Offset, replay == null);
        }
        foreach (TraceSignal signal in replay ?? []) Connect(signal.Sensor, signal.Input, signal.ValueAt, true);
    }

    public IReadOnlyList<ISource> Sources { get; }

    public IReadOnlyList<SimulatedPart> Parts { get; }

    // Null where nothing was connected: what it measures is what it is without a source.
    public WorldSignal? Signal(int sensor, int input) => _signals[sensor][input];

    // Every piece has its own chance, whatever else there is: FNV-1a of its name, then the mixing of SplitMix64.
    public static ulong SeedOf(string name, ulong seed)
    {
        ulong hash = 14_695_981_039_346_656_037;
        foreach (char letter in name) hash = (hash ^ letter) * 1_099_511_628_211;
        hash += seed * 0x9E37_79B9_7F4A_7C15;
        hash = (hash ^ (hash >> 30)) * 0xBF58_476D_1CE4_E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D0_49BB_1331_11EB;
        return hash ^ (hash >> 31);
    }

    // A recording may have changed since the scenario was read.
    private static ISource MakeSource(Scenario scenario, ScenarioSource source, ulong seed)
    {
        try
        {
            return SourceFactory.Create(source.Kind, source.Options, SeedOf(source.Name, seed), scenario.Folder);
        }
        catch (SourceException wrong)
        {
            throw NodeOf(scenario, source).WrongAt(wrong.Option, wrong.Message);
        }
    }

    private static ScenarioNode NodeOf(Scenario scenario, ScenarioSource source) => scenario.Root.At("sources").At(source.Name);

    private void Connect(int sensor, int input, Func<long, double> value, bool feeds)
    {
        if (!feeds) return;
        WorldSignal signal = new(value);
        _signals[sensor][input] = signal;
        Parts[sensor].Feed(input, signal.ValueAt);
    }
}

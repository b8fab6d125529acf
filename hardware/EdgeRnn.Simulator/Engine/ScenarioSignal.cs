using System.Collections.Generic;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>A sensor of a scenario.</summary>
/// <param name="Kind">As <see cref="SensorFactory"/> names it.</param>
/// <param name="Options">Its options.</param>
public sealed record ScenarioSensor(string Kind, IReadOnlyDictionary<string, string> Options)
{
    // Whoever makes something of options notes which it knows: each gets its own.
    internal SensorOptions ToOptions() => new(Kind, Options);
}

/// <summary>A source of a scenario.</summary>
/// <param name="Name">What the scenario calls it.</param>
/// <param name="Kind">As <see cref="SourceFactory"/> names it.</param>
/// <param name="Options">Its settings.</param>
public sealed record ScenarioSource(string Name, string Kind, IReadOnlyDictionary<string, string> Options);

/// <summary>What an input of a sensor measures: scale * output + offset.</summary>
/// <param name="Sensor">Which sensor, counted from 0.</param>
/// <param name="Input">Which of its inputs.</param>
/// <param name="Source">Which source.</param>
/// <param name="Output">Which of its outputs.</param>
/// <param name="Scale">The factor.</param>
/// <param name="Offset">What is added, in the input's unit.</param>
public sealed record ScenarioSignal(int Sensor, int Input, int Source, int Output, double Scale, double Offset);

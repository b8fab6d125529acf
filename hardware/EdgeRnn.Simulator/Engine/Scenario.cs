using System.Collections.Generic;
using System.IO;

namespace EdgeRnn.Simulator;

/// <summary>
/// A device, the world around it, what happens to both over time, and what is expected of the device: a scenario file, read and
/// checked. The format is in the README of this folder. Immutable.
/// </summary>
public sealed class Scenario
{
    internal Scenario() { }

    /// <summary>One line that says what happens.</summary>
    public required string Title { get; init; }

    /// <summary>The file's name, as messages begin with it.</summary>
    public required string FileName { get; init; }

    /// <summary>Where relative paths begin: the file's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Where the model is; null: the scenario names none.</summary>
    public required string? ModelPath { get; init; }

    /// <summary>How long it takes, in microseconds.</summary>
    public required long DurationMicros { get; init; }

    /// <summary>The seed a run takes where nobody names one.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Samples a second; null: as the sensor or the model says.</summary>
    public required double? RateHz { get; init; }

    /// <summary>Names of the sensor's channels in the order of the network's inputs; empty: as the model names them.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>Whether a channel's unit has to be the one the model's file names.</summary>
    public required bool ChecksUnits { get; init; }

    /// <summary>Whether samples go to the network as whole numbers.</summary>
    public required bool UsesCounts { get; init; }

    /// <summary>Samples taken in one turn.</summary>
    public required int SamplesPerTurn { get; init; }

    /// <summary>Microseconds from one save of the state to the next; 0: never.</summary>
    public required long SaveMicros { get; init; }

    /// <summary>What is connected to the board's pins.</summary>
    public required ScenarioPins Pins { get; init; }

    /// <summary>The sensors, read together as one where there are several.</summary>
    public required IReadOnlyList<ScenarioSensor> Sensors { get; init; }

    /// <summary>The pieces of the world.</summary>
    public required IReadOnlyList<ScenarioSource> Sources { get; init; }

    /// <summary>What the sensors measure of it.</summary>
    public required IReadOnlyList<ScenarioSignal> Signals { get; init; }

    /// <summary>What happens, in the order of time.</summary>
    public required IReadOnlyList<ScenarioEvent> Events { get; init; }

    /// <summary>What is expected.</summary>
    internal IReadOnlyList<Expectation> Expectations { get; init; } = [];

    // Where the entry of a name stands, for what only the model can tell to be wrong.
    internal ScenarioNode Root { get; init; } = null!;

    /// <summary>Reads a scenario file.</summary>
    /// <param name="path">YAML or JSON.</param>
    /// <exception cref="ScenarioException">It cannot be read, or something in it is wrong; one line.</exception>
    public static Scenario Load(string path) =>
        new ScenarioReader(ScenarioText.Read(path), Path.GetDirectoryName(Path.GetFullPath(path))!).Read();

    /// <summary>Reads a scenario from its text.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="folder">Where relative paths in it begin.</param>
    /// <exception cref="ScenarioException">Something in it is wrong; one line.</exception>
    public static Scenario Parse(string text, string name, string folder) =>
        new ScenarioReader(ScenarioText.Parse(text, name), folder).Read();
}

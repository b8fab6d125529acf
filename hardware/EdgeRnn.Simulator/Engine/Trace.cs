using System;
using System.Globalization;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Simulator;

/// <summary>
/// A row of CSV per step: time in seconds, the network's inputs, score, threshold, state, alarm, fault and the pins, as the step found
/// them. Numbers are the shortest that read back as the same ones; what there is not is an empty cell.
/// </summary>
/// <param name="take">Takes the header, then each row, without an end of line; the text is used again afterwards.</param>
public sealed class Trace(Trace.Taker take) : ISimulationObserver
{
    private char[] _line = new char[256];
    private int _length;
    private bool _hasHeader;

    /// <summary>Takes a line.</summary>
    /// <param name="line">Without its end.</param>
    public delegate void Taker(ReadOnlySpan<char> line);

    /// <inheritdoc/>
    public void BeforeStep(Simulation simulation)
    {
        // The row is written when the step is made.
    }

    /// <inheritdoc/>
    public void OnEvent(Simulation simulation, SimulationEvent happened)
    {
        // A trace holds steps.
    }

    /// <inheritdoc/>
    public void OnStep(Simulation simulation, bool hasSample)
    {
        if (!_hasHeader) take(Header(simulation));
        _hasHeader = true;
        Detector detector = simulation.Loop!.Detector;
        _length = 0;
        PutTime(simulation.NowMicros);
        for (int i = 0; i < simulation.ChannelNames.Count; i++) Put(hasSample ? simulation.Loop.Reading(i) : float.NaN);
        Put(detector.HasScore ? detector.Score : float.NaN);
        Put(detector.IsCalibrated ? detector.Threshold : float.NaN);
        Put(Word(detector.State));
        Put(detector.IsAlarming);
        Put(simulation.IsSensorFaulty);
        foreach ((_, PinUse use) in simulation.Pins) Put(simulation.Board.Pin(use.Number).IsHigh);
        take(_line.AsSpan(0, _length - 1));
    }

    /// <summary>The names of the columns.</summary>
    /// <param name="simulation">The simulation.</param>
    public static string Header(Simulation simulation) => string.Join(',',
        (string[])["time", .. simulation.ChannelNames, "score", "threshold", "state",
        "alarm", "fault", .. simulation.Pins.Select(pin => $"pin.{pin.Name}")]);

    private static string Word(DetectorState state) => state switch
    {
        DetectorState.WarmingUp => "WarmingUp",
        DetectorState.Calibrating => "Calibrating",
        DetectorState.Ready => "Ready",
        DetectorState.Alarm => "Alarm",
        _ => "SensorFault",
    };

    private void PutTime(long micros)
    {
        Reserve();
        (micros / 1_000_000).TryFormat(_line.AsSpan(_length), out int whole, default, CultureInfo.InvariantCulture);
        _length += whole;
        _line[_length++] = '.';
        (micros % 1_000_000).TryFormat(_line.AsSpan(_length), out int part, "D6", CultureInfo.InvariantCulture);
        _length += part;
        _line[_length++] = ',';
    }

    private void Put(float value)
    {
        Reserve();
        if (!float.IsNaN(value) && value.TryFormat(_line.AsSpan(_length), out int count, default, CultureInfo.InvariantCulture))
            _length += count;
        _line[_length++] = ',';
    }

    private void Put(bool isSo)
    {
        Reserve();
        _line[_length++] = isSo ? '1' : '0';
        _line[_length++] = ',';
    }

    private void Put(string word)
    {
        Reserve();
        word.CopyTo(_line.AsSpan(_length));
        _length += word.Length;
        _line[_length++] = ',';
    }

    // A cell is short.
    private void Reserve()
    {
        if (_line.Length - _length < 48) Array.Resize(ref _line, 2 * _line.Length);
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Pi;

/// <summary>What one client of the stream has been told, and what comes next for it.</summary>
internal sealed class StreamFollower : IDisposable
{
    // Nearer to the oldest step than this a slow client is sent on, or it would read what is being written.
    private const int Margin = 64;

    private readonly DeviceProgram _program;
    private readonly Func<HealthReport> _health;
    private readonly StreamFrames _frames = new();
    private readonly StreamColumns _columns;
    private readonly StreamStep _step;
    private long _next;
    private bool _hasStep;
    private bool _wasAlarming;
    private bool _wasFaulty;
    private string? _hindrance;

    /// <summary>Follows from the next step on.</summary>
    /// <param name="program">The loop.</param>
    /// <param name="health">How it is now.</param>
    public StreamFollower(DeviceProgram program, Func<HealthReport> health)
    {
        _program = program;
        _health = health;
        _columns = new StreamColumns(program.Description.Names.Count);
        _step = new StreamStep(program.Description.Names.Count);
        _next = program.Watch.Steps.Count;
        // An alarm or a fault that is there already does not begin now.
        if (_next == 0 || !program.Watch.Steps.TryCopy(_next - 1, _step)) return;
        _wasAlarming = _step.IsAlarming;
        _wasFaulty = IsFaulty;
    }

    private bool IsFaulty => _step.SensorStatus is not (SensorStatus.Ok or SensorStatus.NoSample);

    /// <inheritdoc/>
    public void Dispose() => _frames.Dispose();

    /// <summary>The first frame: what is shown, and how it is.</summary>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlyMemory<byte> Hello()
    {
        _frames.Clear();
        _hindrance = Hindrance();
        _frames.Hello(_program.Description, _program.Loop.Counters, _hindrance);
        return _frames.Bytes;
    }

    /// <summary>What has happened since the last call; empty where nothing has.</summary>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlyMemory<byte> Next()
    {
        _frames.Clear();
        StepRing steps = _program.Watch.Steps;
        long count = steps.Count;
        if (count - _next > StepRing.Slots - Margin) _next = count - (StepRing.Slots - Margin);
        _columns.Begin(count - _next);
        for (; _next < count; _next++)
        {
            if (!steps.TryCopy(_next, _step)) continue;
            _hasStep = true;
            _columns.Add(_step);
            TellChanges();
        }
        string? hindrance = Hindrance();
        if (_columns.Count == 0 && hindrance == _hindrance) return _frames.Bytes;
        _hindrance = hindrance;
        Data();
        return _frames.Bytes;
    }

    /// <summary>A line that says nothing.</summary>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlyMemory<byte> Quiet()
    {
        _frames.Clear();
        _frames.Comment();
        return _frames.Bytes;
    }

    private string? Hindrance() => _health() is { IsHealthy: false } ill ? ill.Text : null;

    private void Data() =>
        _frames.Data(_columns, _hasStep ? _step : null, _program.Description, _program.Loop.Counters, _hindrance);

    private void TellChanges()
    {
        if (_step.IsAlarming != _wasAlarming)
        {
            _wasAlarming = _step.IsAlarming;
            string over = string.Create(CultureInfo.InvariantCulture, $"score {_step.Score:0.####}, threshold {_step.Threshold:0.####}");
            _frames.Event(_step.Seconds, _wasAlarming ? "alarm-began" : "alarm-ended", $"{(_wasAlarming ? "Alarm" : "Alarm over")}: {over}",
                _wasAlarming ? Shares() : []);
        }
        if (IsFaulty == _wasFaulty) return;
        _wasFaulty = IsFaulty;
        string sensor = _program.Loop.Sensor.Name;
        _frames.Event(_step.Seconds, _wasFaulty ? "sensor-fault" : "sensor-ok",
            _wasFaulty ? $"{sensor}: {SensorStatus.Describe(_step.SensorStatus)}" : $"{sensor} gives samples again", []);
    }

    private IEnumerable<(string Name, int Percent)> Shares() =>
        _program.Description.Names.Select((name, input) => (name, _step.Shares[input])).Where(share => share.Item2 > 0)
            .OrderByDescending(share => share.Item2);
}

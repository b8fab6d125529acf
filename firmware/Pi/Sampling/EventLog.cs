using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeRnn.Firmware.Pi;

/// <summary>Writes what happened in the loop to the log, and how it is to systemd, once a second and at the end.</summary>
internal sealed partial class EventLog(DeviceProgram program, NotifySocket socket, TimeProvider time, ILogger<EventLog> log)
    : BackgroundService
{
    private const double PeriodSeconds = 1;

    private readonly Lock _draining = new();
    private int _restarts;
    private int _lateTicks;
    private int _failedSaves;
    private long _lost;
    private bool _isFaulty;

    /// <summary>Logs everything that has happened since it was called last.</summary>
    public void Drain()
    {
        lock (_draining)
        {
            while (program.Watch.Peek() is { } happened)
            {
                Log(happened);
                program.Watch.Release();
            }
            LogCounters(program.Loop.Counters);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        Drain();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(PeriodSeconds), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                Drain();
                socket.Send($"STATUS={StatusText()}");
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private string StatusText()
    {
        Detector detector = program.Loop.Detector;
        return string.Create(CultureInfo.InvariantCulture,
            $"{detector.State}, score {detector.Score:0.####} of {detector.Threshold:0.####}, {program.Loop.Counters.Samples} samples, " +
                $"sensor: {SensorStatus.Describe(program.Loop.LastSensorStatus)}");
    }

    private void Log(LoopEvent happened)
    {
        double seconds = happened.AtMicros / 1e6;
        if (happened.Kind == LoopEventKind.SensorStatus)
        {
            LogSensor(seconds, happened.SensorStatus);
            return;
        }
        string shares = Shares(happened.Shares);
        if (happened.Kind == LoopEventKind.AlarmBegan) AlarmBegan(log, seconds, happened.Score, happened.Threshold, shares);
        else AlarmEnded(log, seconds, happened.Score, happened.Threshold, shares);
    }

    private void LogSensor(double seconds, int status)
    {
        bool isFaulty = status is not (SensorStatus.Ok or SensorStatus.NoSample);
        if (isFaulty) FaultBegan(log, seconds, program.Loop.Sensor.Name, SensorStatus.Describe(status));
        else if (_isFaulty) FaultEnded(log, seconds, program.Loop.Sensor.Name);
        _isFaulty = isFaulty;
    }

    // Counts that went up since the last look: what happens at every turn of a long fault is one line a second at most.
    private void LogCounters(LoopCounters counters)
    {
        if (counters.SensorRestarts > _restarts)
            Restarted(log, program.Loop.Sensor.Name, counters.SensorRestarts - _restarts, counters.SensorRestarts);
        if (counters.LateTicks > _lateTicks)
            Late(log, counters.LateTicks - _lateTicks, counters.LateTicks, counters.WorstLateMicros / 1000.0);
        if (counters.FailedSaves > _failedSaves) SaveFailed(log, counters.FailedSaves - _failedSaves);
        if (program.Watch.Lost > _lost) EventsLost(log, program.Watch.Lost - _lost);
        _restarts = counters.SensorRestarts;
        _lateTicks = counters.LateTicks;
        _failedSaves = counters.FailedSaves;
        _lost = program.Watch.Lost;
    }

    // "ax 71 %, az 20 %": the largest three.
    private string Shares(ReadOnlySpan<int> shares)
    {
        List<(string Name, int Percent)> named = [];
        for (int i = 0; i < shares.Length; i++) named.Add((NameOf(i), shares[i]));
        return string.Join(", ",
            named.OrderByDescending(share => share.Percent).Take(3).Select(share => $"{share.Name} {share.Percent} %"));
    }

    private string NameOf(int channel)
    {
        IReadOnlyList<string> names = program.Model.Model.InputNames;
        bool isInput = program.Loop.Detector.ChannelCount <= names.Count && program.Model.Model.Detector!.Targets.Length == 0;
        return isInput && names[channel].Length > 0 ? names[channel] : $"channel {channel}";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "alarm began at {Seconds:F3} s: score {Score} above {Threshold}; {Shares}")]
    private static partial void AlarmBegan(ILogger log, double seconds, float score, float threshold, string shares);

    [LoggerMessage(Level = LogLevel.Information, Message = "alarm ended at {Seconds:F3} s: score {Score}, threshold {Threshold}; {Shares}")]
    private static partial void AlarmEnded(ILogger log, double seconds, float score, float threshold, string shares);

    [LoggerMessage(Level = LogLevel.Error, Message = "sensor fault began at {Seconds:F3} s: {Sensor}: {Reason}")]
    private static partial void FaultBegan(ILogger log, double seconds, string sensor, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "sensor fault ended at {Seconds:F3} s: {Sensor} gives samples again")]
    private static partial void FaultEnded(ILogger log, double seconds, string sensor);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Sensor} was started again {Times} times, {Total} in all")]
    private static partial void Restarted(ILogger log, string sensor, int times, int total);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Ticks} deadlines were missed, {Total} in all; the latest turn began {Worst} ms late")]
    private static partial void Late(ILogger log, int ticks, int total, double worst);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "the state could not be saved {Times} times; check that its folder has room and may be written")]
    private static partial void SaveFailed(ILogger log, int times);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Events} events were not logged: too many at once")]
    private static partial void EventsLost(ILogger log, long events);
}

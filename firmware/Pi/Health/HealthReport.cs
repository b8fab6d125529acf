using System;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware.Pi;

/// <summary>Whether samples flow and can be judged, and if not, why.</summary>
/// <param name="IsHealthy">Whether they do.</param>
/// <param name="Text">One line.</param>
internal sealed record HealthReport(bool IsHealthy, string Text)
{
    private const int FewTurns = 3;

    /// <summary>How it is now. An alarm is no illness: it is what the service is for.</summary>
    /// <param name="program">The loop.</param>
    /// <param name="isRunning">Whether its thread runs.</param>
    /// <param name="silenceMicros">Time without a sample that is too long, beside a few turns.</param>
    public static HealthReport Of(DeviceProgram program, bool isRunning, long silenceMicros)
    {
        SensorLoop loop = program.Loop;
        int status = loop.LastSensorStatus;
        if (!isRunning) return new HealthReport(false, "the loop does not run: the service starts or stops");
        if (status is not (SensorStatus.Ok or SensorStatus.NoSample))
            return new HealthReport(false, $"sensor fault: {loop.Sensor.Name}: {SensorStatus.Describe(status)}");
        long last = program.Watch.LastSampleMicros;
        if (last == long.MinValue) return new HealthReport(false, "no sample has been read yet");
        long silent = program.Clock.NowMicros - last;
        if (silent > silenceMicros + FewTurns * program.TurnMicros)
            return new HealthReport(false, FormattableString.Invariant($"no sample for {silent / 1e6:0.0} s"));
        if (loop.Detector.State == DetectorState.SensorFault)
            return new HealthReport(false, $"sensor fault: the readings of the {loop.Sensor.Name} cannot be judged");
        return new HealthReport(true, "ok");
    }
}

using System.Globalization;
using System.Text;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware.Pi;

/// <summary>What the loop counts, in the text format 0.0.4 of Prometheus.</summary>
internal sealed class MetricsText
{
    private readonly StringBuilder _text = new();

    /// <summary>The media type of the text.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The text now.</summary>
    /// <param name="program">The loop.</param>
    /// <param name="health">How it is.</param>
    /// <param name="droppedLines">Report lines that were not written.</param>
    public static string Of(DeviceProgram program, HealthReport health, long droppedLines)
    {
        LoopCounters counters = program.Loop.Counters;
        Detector detector = program.Loop.Detector;
        MetricsText metrics = new();
        metrics.Counter("steps", "Samples the network has read.", counters.Samples);
        metrics.Counter("missing_samples", "Ticks without a sample.", counters.MissingSamples);
        metrics.Counter("turns", "Turns of the loop.", counters.Turns);
        metrics.Counter("late_ticks", "Deadlines missed by a turn or more.", counters.LateTicks);
        metrics.Counter("clock_jumps", "Times the clock jumped.", counters.ClockJumps);
        metrics.Counter("sensor_faults", "Times the sensor reported a fault.", counters.SensorFaults);
        metrics.Counter("sensor_restarts", "Times the sensor was started again.", counters.SensorRestarts);
        metrics.Counter("sensor_overflows", "Times the sensor lost samples.", counters.Overflows);
        metrics.Counter("output_faults", "Times an output could not be written.", counters.OutputFaults);
        metrics.Counter("network_restarts", "Times the network was started anew because an answer was not finite.", detector.RestartCount);
        metrics.Counter("alarms", "Alarms begun, those before a restart with kept state included.", detector.AlarmCount);
        metrics.Counter("state_saves", "Times the state was saved.", counters.Saves);
        metrics.Counter("state_save_failures", "Times the state could not be saved.", counters.FailedSaves);
        metrics.Counter("dropped_lines", "Report lines dropped because standard output was too slow.", droppedLines);
        metrics.Gauge("worst_step_seconds", "The longest step so far.", counters.WorstStepMicros / 1e6);
        metrics.Gauge("worst_late_seconds", "The latest begin of a turn so far.", counters.WorstLateMicros / 1e6);
        metrics.Gauge("alarm", "1 while there is an alarm.", program.Watch.IsAlarming ? 1 : 0);
        metrics.Gauge("score", "The smoothed score.", detector.Score);
        metrics.Gauge("threshold", "The threshold of the score; 0 before it is learnt.", detector.Threshold);
        metrics.Gauge("detector_state", "0 warming up, 1 calibrating, 2 ready, 3 alarm, 4 sensor fault.", (int)detector.State);
        metrics.Gauge("sensor_status", "What the sensor said last; 0 is ok, 1 no sample yet.", program.Loop.LastSensorStatus);
        metrics.Gauge("healthy", "1 while /healthz answers 200.", health.IsHealthy ? 1 : 0);
        metrics.Head("build_info", "What runs, always 1.", "gauge");
        metrics._text.Append("edgernn_build_info{version=\"").Append(Escape(BuildInfo.Version)).Append("\",device_packages=\"")
            .Append(Escape(BuildInfo.DevicePackages)).Append("\",model=\"").Append(Escape(program.Model.Model.Name)).Append("\",sensor=\"")
            .Append(Escape(program.Loop.Sensor.Name)).Append("\"} 1\n");
        return metrics._text.ToString();
    }

    private void Counter(string name, string help, long value)
    {
        Head($"{name}_total", help, "counter");
        _text.Append("edgernn_").Append(name).Append("_total ").Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private void Gauge(string name, string help, double value)
    {
        Head(name, help, "gauge");
        _text.Append("edgernn_").Append(name).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private void Head(string name, string help, string type) =>
        _text.Append("# HELP edgernn_").Append(name).Append(' ').Append(help).Append('\n')
            .Append("# TYPE edgernn_").Append(name).Append(' ').Append(type).Append('\n');

    private static string Escape(string label) => label.Replace("\\", "\\\\", System.StringComparison.Ordinal)
        .Replace("\"", "\\\"", System.StringComparison.Ordinal).Replace("\n", "\\n", System.StringComparison.Ordinal);
}

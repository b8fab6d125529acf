using System.Globalization;
using System.Linq;
using EdgeRnn.Cli.Output;
using EdgeRnn.Simulator;
using Quantity = EdgeRnn.Cli.Output.Quantity;

namespace EdgeRnn.Cli.Monitor;

/// <summary>What was seen of a device, at the end.</summary>
internal static class MonitorText
{
    /// <summary>Writes it.</summary>
    /// <param name="report">Where.</param>
    /// <param name="source">The line, address or file.</param>
    /// <param name="mode">As <see cref="IMonitorSource.Mode"/>.</param>
    /// <param name="scorer">What computed the score here, or null.</param>
    /// <param name="session">What was seen.</param>
    /// <param name="ended">As <see cref="MonitorRun.Ended"/>.</param>
    public static void Write(Report report, string source, string mode, ModelScorer? scorer, MonitorSession session, string ended)
    {
        LiveDescription shown = session.Description;
        LiveStep last = session.Step;
        if (session.Bad > 0) report.Note($"{source}: {session.Bad} lines had no row in them, the last '{session.LastBad}'");
        report.Line(OneLine.Of(string.Create(CultureInfo.InvariantCulture,
            $"{source}: {Quantity.Count(session.Steps)} samples, {Quantity.Count(session.Missing)} missing; {session.Alarms} alarms, ") +
            $"{session.SensorFaults} sensor faults, {session.Reconnects} reconnections"));
        report.Document(new
        {
            source,
            mode,
            model = scorer?.Path,
            title = shown.Title,
            channels = shown.Channels.Select(channel => new { channel.Name, channel.Unit }),
            rateHz = shown.RateHz,
            samples = session.Steps,
            missingSamples = session.Missing,
            badLines = session.Bad,
            reconnections = session.Reconnects,
            alarms = session.Alarms,
            sensorFaults = session.SensorFaults,
            last = session.Steps == 0 ? null : new
            {
                seconds = last.Seconds,
                score = Known(last.Score),
                threshold = Known(last.Threshold),
                state = session.StateText.Length > 0 ? session.StateText : null,
                alarm = last.IsAlarming,
                values = last.Values.Select(Known),
            },
            events = session.Events.Select(happened => new
            {
                seconds = happened.Seconds,
                happened.Kind,
                happened.Text,
                shares = happened.Shares.Select(share => new { share.Name, share.Percent }),
            }),
            ended,
        });
    }

    private static float? Known(float value) => float.IsNaN(value) ? null : value;
}

using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Converter.Detect;

namespace EdgeRnn.Cli.Output;

/// <summary>Alarms and faults of a stream as text.</summary>
internal static class DetectionText
{
    private const int MostLines = 20;

    /// <summary>A number of steps, with its time where the rate is known.</summary>
    public static string Steps(long steps, double? rateHz) =>
        $"{Quantity.Count(steps)} steps" + (rateHz is { } rate ? $" ({Quantity.Duration(1e9 * steps / rate)})" : "");

    /// <summary>All of it.</summary>
    public static IEnumerable<string> Lines(DetectionTrace trace, DetectionSummary summary, double? rateHz)
    {
        yield return $"steps       {Steps(trace.Steps, rateHz)}: {Quantity.Count(summary.WarmingUpSteps)} warming up, " +
            $"{Quantity.Count(summary.CalibratingSteps)} calibrating, {Quantity.Count(summary.FaultySteps)} with a lost sensor";
        int ready = summary.FirstReadyStep;
        if (ready < 0) yield return "learning    not finished: nothing was judged; continue with --state FILE, or give a longer stream";
        else if (ready == 0) yield return $"threshold   {Figure(trace.Thresholds[0])}";
        else yield return $"learning    ready at {At(ready, trace, rateHz)}, threshold {Figure(trace.Thresholds[ready])}";
        yield return $"alarms      {(summary.Alarms.Count == 0 ? "none" : Quantity.Count(summary.Alarms.Count))}";
        foreach (AlarmSpan alarm in summary.Alarms.Take(MostLines)) yield return $"            {Alarm(alarm, trace, rateHz)}";
        if (summary.Alarms.Count > MostLines) yield return $"            and {Quantity.Count(summary.Alarms.Count - MostLines)} more";
        yield return $"faults      {(summary.Faults.Count == 0 ? "none" : Quantity.Count(summary.Faults.Count))}";
        foreach (FaultSpan fault in summary.Faults.Take(MostLines)) yield return $"            {Fault(fault, trace, rateHz)}";
        if (summary.Faults.Count > MostLines) yield return $"            and {Quantity.Count(summary.Faults.Count - MostLines)} more";
    }

    /// <summary>A sensor fault.</summary>
    public static string Fault(FaultSpan fault, DetectionTrace trace, double? rateHz) =>
        $"{Named(fault.Channel)} {Words.Of(fault.Kind)}, {Span(fault.Begin, fault.End, trace, rateHz)}";

    private static string Alarm(AlarmSpan alarm, DetectionTrace trace, double? rateHz)
    {
        // One channel alone has all of every score.
        string channels = trace.ChannelNames.Count == 1 ? "" : string.Join(", ", alarm.Channels
            .Select(channel => $"{Named(channel.Name)} {Quantity.Fixed(channel.Percent, 0)} %"));
        string end = alarm.IsOver ? "" : ", still on";
        string score = $"score up to {Figure(alarm.PeakScore)} at a threshold of {Figure(alarm.Threshold)}";
        return $"{Span(alarm.Begin, alarm.End, trace, rateHz)}{end}: {score}" +
            (channels.Length == 0 ? "" : $"; {channels}");
    }

    // A channel without a name is its number, which needs the word.
    private static string Named(string channel) => channel.All(char.IsAsciiDigit) ? $"channel {channel}" : channel;

    private static string Span(int begin, int end, DetectionTrace trace, double? rateHz) => begin == end ? At(begin, trace, rateHz)
        : $"{At(begin, trace, rateHz)} to {At(end, trace, rateHz)}";

    private static string At(int step, DetectionTrace trace, double? rateHz)
    {
        string time = trace.Times.Count > 0 ? $" ({trace.Times[step]})" : rateHz is { } rate ? $" ({Quantity.Fixed(step / rate, 2)} s)"
            : "";
        return $"step {Quantity.Count(step)}{time}";
    }

    private static string Figure(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}

using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>Alarms and faults of a stream.</summary>
public sealed class DetectionSummary
{
    private const int MostChannels = 3;

    private DetectionSummary(DetectionTrace trace)
    {
        Alarms = [.. Runs(trace.Steps, step => trace.Alarms[step]).Select(run => AlarmOf(trace, run.Begin, run.End))];
        Faults = FaultsOf(trace);
        FirstReadyStep = Array.FindIndex(trace.Thresholds, threshold => !float.IsNaN(threshold));
        FaultySteps = trace.States.Count(state => state == DetectorState.SensorFault);
        WarmingUpSteps = trace.States.Count(state => state == DetectorState.WarmingUp);
        CalibratingSteps = trace.States.Count(state => state == DetectorState.Calibrating);
    }

    /// <summary>Alarms in their order.</summary>
    public IReadOnlyList<AlarmSpan> Alarms { get; }

    /// <summary>Faults by their beginning.</summary>
    public IReadOnlyList<FaultSpan> Faults { get; }

    /// <summary>The first step with a threshold, or -1.</summary>
    public int FirstReadyStep { get; }

    /// <summary>Steps at which the network had not settled.</summary>
    public int WarmingUpSteps { get; }

    /// <summary>Steps at which the detector was learning.</summary>
    public int CalibratingSteps { get; }

    /// <summary>Steps at which a sensor was lost.</summary>
    public int FaultySteps { get; }

    /// <summary>Summarises a run.</summary>
    public static DetectionSummary Of(DetectionTrace trace) => new(trace);

    /// <summary>First and last steps of runs of steps at which something holds.</summary>
    internal static IEnumerable<(int Begin, int End)> Runs(int steps, Func<int, bool> holds)
    {
        int begin = -1;
        for (int step = 0; step <= steps; step++)
        {
            bool now = step < steps && holds(step);
            if (now && begin < 0) begin = step;
            if (now || begin < 0) continue;
            yield return (begin, step - 1);
            begin = -1;
        }
    }

    private static AlarmSpan AlarmOf(DetectionTrace trace, int begin, int end)
    {
        double peak = trace.Scores[begin], threshold = trace.Thresholds[begin], farthest = double.MinValue;
        double[] sums = new double[trace.ChannelNames.Count];
        for (int step = begin; step <= end; step++)
        {
            float score = trace.Scores[step], lower = trace.LowerThresholds[step];
            Take(score / (double)trace.Thresholds[step], score, trace.Thresholds[step]);
            if (lower > 0 && score > 0) Take(lower / (double)score, score, lower);
            for (int i = 0; i < sums.Length; i++) sums[i] += trace.Shares[step * sums.Length + i];
        }
        ChannelShare[] shares = [.. sums.Select((sum, i) => new ChannelShare(trace.ChannelNames[i], sum / (end - begin + 1)))
            .Where(share => share.Percent >= 1).OrderByDescending(share => share.Percent).Take(MostChannels)];
        return new AlarmSpan(begin, end, end < trace.Steps - 1, peak, threshold, shares);

        void Take(double distance, double score, double bound)
        {
            if (!(distance > farthest)) return;
            (farthest, peak, threshold) = (distance, score, bound);
        }
    }

    private static FaultSpan[] FaultsOf(DetectionTrace trace)
    {
        List<FaultSpan> faults = [];
        int inputs = trace.InputNames.Count;
        for (int input = 0; input < inputs; input++)
        {
            foreach (SensorFaultKind kind in Enum.GetValues<SensorFaultKind>().Where(kind => kind != SensorFaultKind.None))
            {
                int channel = input;
                faults.AddRange(Runs(trace.Steps, step => trace.Faults[step * inputs + channel] == kind)
                    .Select(run => new FaultSpan(trace.InputNames[channel], kind, run.Begin, run.End)));
            }
        }
        return [.. faults.OrderBy(fault => fault.Begin)];
    }
}

using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>
/// The figures of one who answers alarms: how many anomalies were noticed, how soon, and how often nothing was the matter.
/// An event is a run of labelled rows; it is noticed when an alarm stands in one of them, also one raised before.
/// </summary>
/// <param name="Events">Runs of labelled rows.</param>
/// <param name="Delays">Steps from the start of each noticed event to its first alarm, in order; 0 when it stood already.</param>
/// <param name="FalseAlarms">Alarms raised (not: rows spent in alarm) where no row is labelled.</param>
/// <param name="NormalSteps">Rows without a label.</param>
public sealed record EventFigures(int Events, IReadOnlyList<int> Delays, int FalseAlarms, long NormalSteps)
{
    /// <summary>Events with an alarm.</summary>
    public int Detected => Delays.Count;

    /// <summary>Median of <see cref="Delays"/> in steps; NaN where no event was noticed.</summary>
    public double MedianDelay => Quantile.OfSorted([.. Delays.Select(delay => (double)delay).Order()], 0.5);

    /// <summary>
    /// False alarms per 1000 normal steps; NaN without such steps. An alarm that never ends is one, so this figure goes with the
    /// false alarm rate, never alone.
    /// </summary>
    public double FalseAlarmsPerThousandSteps => 1000.0 * FalseAlarms / NormalSteps;

    /// <summary>Counts events and alarms of one file.</summary>
    /// <param name="trace">The rows to score.</param>
    public static EventFigures Of(FileTrace trace)
    {
        int events = 0, falseAlarms = 0, start = 0;
        long normalSteps = 0;
        bool isNoticed = false;
        List<int> delays = [];
        for (int row = 0; row < trace.Labels.Count; row++)
        {
            bool isLabelled = trace.Labels[row], hasAlarm = trace.Alarms[row];
            if (isLabelled && (row == 0 || !trace.Labels[row - 1]))
            {
                events++;
                start = row;
                isNoticed = false;
            }
            if (isLabelled && hasAlarm && !isNoticed)
            {
                isNoticed = true;
                delays.Add(row - start);
            }
            if (isLabelled) continue;
            normalSteps++;
            if (hasAlarm && (row == 0 || !trace.Alarms[row - 1])) falseAlarms++;
        }
        return new EventFigures(events, delays, falseAlarms, normalSteps);
    }

    /// <summary>The events of two files.</summary>
    public static EventFigures operator +(EventFigures a, EventFigures b) => new(a.Events + b.Events, [.. a.Delays, .. b.Delays],
        a.FalseAlarms + b.FalseAlarms, a.NormalSteps + b.NormalSteps);
}

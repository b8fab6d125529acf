using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>The row-wise figures of a detector, the rows of all files pooled. Alarms are never adjusted by labels.</summary>
/// <param name="Rows">The counts of all files together; F1, FAR, MAR and MCC follow from them.</param>
/// <param name="Auc">ROC-AUC of the pooled scores; NaN where a class is empty.</param>
/// <param name="Files">The figures of each file, in the order of the traces.</param>
/// <param name="F1Interval">95 % interval over files.</param>
/// <param name="FalseAlarmInterval">95 % interval over files.</param>
/// <param name="MissedAlarmInterval">95 % interval over files.</param>
/// <param name="MccInterval">95 % interval over files.</param>
/// <param name="AucInterval">95 % interval over files.</param>
public sealed record PooledFigures(Confusion Rows, double Auc, IReadOnlyList<FileFigures> Files, MetricInterval F1Interval,
    MetricInterval FalseAlarmInterval, MetricInterval MissedAlarmInterval, MetricInterval MccInterval, MetricInterval AucInterval)
{
    /// <summary>Counts, ranks and resamples.</summary>
    /// <param name="traces">One per file, at least one, of the rows to score alone.</param>
    /// <param name="seed">Of the bootstrap; every interval uses the same draws.</param>
    /// <param name="resamples">Of the bootstrap.</param>
    public static PooledFigures Of(IReadOnlyList<FileTrace> traces, int seed, int resamples = FileBootstrap.DefaultCount)
    {
        Confusion[] counts = [.. traces.Select(trace => Confusion.Count(trace.Alarms, trace.Labels))];
        RocAuc ranking = new(traces);
        FileFigures[] files = [.. traces.Zip(counts,
            (trace, count) => new FileFigures(trace.Name, count, RocAuc.Of(trace.Scores, trace.Labels)))];
        return new PooledFigures(counts.Aggregate((a, b) => a + b), ranking.Value, files,
            Interval(draws => Pooled(draws).F1), Interval(draws => Pooled(draws).FalseAlarmRate),
            Interval(draws => Pooled(draws).MissedAlarmRate), Interval(draws => Pooled(draws).Mcc), Interval(ranking.Resampled));

        Confusion Pooled(IReadOnlyList<int> draws) =>
            counts.Select((count, file) => draws[file] * count).Aggregate((a, b) => a + b);

        MetricInterval Interval(Func<IReadOnlyList<int>, double> metric) =>
            FileBootstrap.Interval(traces.Count, metric, seed, resamples);
    }
}

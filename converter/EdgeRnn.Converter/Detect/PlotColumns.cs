using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>A trace in as many columns as a picture has pixels; fewer steps than that are spread over them.</summary>
internal sealed class PlotColumns
{
    private readonly DetectionTrace _trace;

    /// <param name="trace">At least one step.</param>
    /// <param name="count">Columns.</param>
    public PlotColumns(DetectionTrace trace, int count)
    {
        _trace = trace;
        Count = count;
    }

    /// <summary>Columns.</summary>
    public int Count { get; }

    /// <summary>The first step of a column; that of the column behind the last is the number of steps.</summary>
    public int FirstStep(int column) => (int)((long)column * _trace.Steps / Count);

    public bool HasScore(int column) => Any(column, step => !float.IsNaN(_trace.Scores[step]));

    public bool HasAlarm(int column) => Any(column, step => _trace.Alarms[step]);

    public bool HasLostSensor(int column) => Any(column, step => _trace.States[step] == DetectorState.SensorFault);

    public bool HasFault(int column)
    {
        int inputs = _trace.InputNames.Count;
        return Any(column, step => _trace.Faults.AsSpan(step * inputs, inputs).IndexOfAnyExcept(SensorFaultKind.None) >= 0);
    }

    public bool HasShares(int column)
    {
        int channels = _trace.ChannelNames.Count;
        return Any(column, step => _trace.Shares.AsSpan(step * channels, channels).IndexOfAnyExcept((byte)0) >= 0);
    }

    /// <summary>What the detector was doing in the middle of a column.</summary>
    public DetectorState State(int column) => _trace.States[(FirstStep(column) + LastStep(column)) / 2];

    /// <summary>The largest threshold of a column, or NaN.</summary>
    public double Threshold(int column) => Largest(column, _trace.Thresholds);

    /// <summary>The largest lower threshold of a column, or NaN.</summary>
    public double LowerThreshold(int column) => Largest(column, _trace.LowerThresholds);

    /// <summary>The first, least, largest and last score of a column that has one.</summary>
    public (double First, double Least, double Most, double Last) Score(int column)
    {
        double first = double.NaN, least = double.MaxValue, most = double.MinValue, last = 0;
        for (int step = FirstStep(column); step <= LastStep(column); step++)
        {
            double score = _trace.Scores[step];
            if (double.IsNaN(score)) continue;
            if (double.IsNaN(first)) first = score;
            least = Math.Min(least, score);
            most = Math.Max(most, score);
            last = score;
        }
        return (first, least, most, last);
    }

    /// <summary>Mean shares in percent, [series][columns]; where channels are more than series, the last one holds the rest.</summary>
    public double[][] Shares(int series)
    {
        int channels = _trace.ChannelNames.Count, shown = Math.Min(series, channels);
        double[][] shares = [.. Enumerable.Range(0, shown).Select(_ => new double[Count])];
        for (int column = 0; column < Count; column++)
        {
            int first = FirstStep(column), last = LastStep(column);
            for (int step = first; step <= last; step++)
            {
                for (int i = 0; i < channels; i++)
                    shares[Math.Min(i, shown - 1)][column] += _trace.Shares[step * channels + i] / (last - first + 1.0);
            }
        }
        return shares;
    }

    /// <summary>Names of the series of <see cref="Shares"/>.</summary>
    public static string[] Labels(DetectionTrace trace, int series)
    {
        if (trace.ChannelNames.Count <= series) return [.. trace.ChannelNames];
        return [.. trace.ChannelNames.Take(series - 1), $"{trace.ChannelNames.Count - series + 1} others"];
    }

    private int LastStep(int column) => Math.Max(FirstStep(column), FirstStep(column + 1) - 1);

    private bool Any(int column, Func<int, bool> holds)
    {
        for (int step = FirstStep(column); step <= LastStep(column); step++)
        {
            if (holds(step)) return true;
        }
        return false;
    }

    private double Largest(int column, float[] values)
    {
        double largest = double.NaN;
        for (int step = FirstStep(column); step <= LastStep(column); step++)
        {
            if (!(values[step] <= largest)) largest = values[step];
        }
        return largest;
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace EdgeRnn.Converter.Detect;

/// <summary>An axis of a chart: where a value lies, and which values are marked.</summary>
internal sealed class PlotAxis
{
    // From this ratio of the largest score to the threshold on a linear axis would press the normal part to the ground.
    private const double LogarithmicRatio = 30;
    private const double Decades = 4;
    private const int UsualTicks = 8;

    private readonly double _low;
    private readonly double _high;

    private PlotAxis(double low, double high, bool isLogarithmic, IReadOnlyList<double> ticks)
    {
        _low = low;
        _high = high;
        IsLogarithmic = isLogarithmic;
        Ticks = ticks;
    }

    public bool IsLogarithmic { get; }

    /// <summary>Values that are marked.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>The axis of the scores: linear, or logarithmic where they reach far beyond the usual ones.</summary>
    public static PlotAxis Of(PlotColumns columns)
    {
        List<double> scores = [], tops = [];
        for (int column = 0; column < columns.Count; column++)
        {
            if (columns.HasScore(column))
            {
                (_, double least, double most, _) = columns.Score(column);
                scores.Add(least);
                tops.Add(most);
            }
            if (!double.IsNaN(columns.Threshold(column))) tops.Add(columns.Threshold(column));
        }
        double largest = tops.Count == 0 ? 1 : Math.Max(tops.Max(), 1e-4);
        double[] positive = [.. scores.Where(score => score > 0).Order()];
        double usual = positive.Length == 0 ? largest : positive[positive.Length / 2];
        if (largest < LogarithmicRatio * usual) return Linear(0, largest * 1.06);
        int low = (int)Math.Floor(Math.Log10(Math.Max(positive[positive.Length / 100], largest * Math.Pow(10, -Decades))));
        double high = Math.Log10(largest * 1.3);
        double[] ticks = [.. Enumerable.Range(low, (int)Math.Floor(high) - low + 1).Select(exponent => Math.Pow(10, exponent))];
        return new PlotAxis(low, high, true, ticks);
    }

    /// <summary>A linear axis with ticks at 1, 2 or 5 times a power of ten.</summary>
    public static PlotAxis Linear(double low, double high)
    {
        if (!(high > low)) high = low + 1;
        double power = Math.Pow(10, Math.Floor(Math.Log10((high - low) / UsualTicks)));
        double step = new[] { 1, 2, 5, 10 }.Select(factor => factor * power).First(step => (high - low) / step <= UsualTicks);
        List<double> ticks = [];
        for (int i = (int)Math.Ceiling(low / step); i * step <= high; i++) ticks.Add(i * step);
        return new PlotAxis(low, high, false, ticks);
    }

    /// <summary>Where a value lies, from 0 to 1.</summary>
    public double Place(double value)
    {
        double at = !IsLogarithmic ? value : value > 0 ? Math.Log10(value) : _low;
        return Math.Clamp((at - _low) / (_high - _low), 0, 1);
    }

    /// <summary>A tick's text.</summary>
    public static string Label(double tick) => tick != 0 && Math.Abs(tick) is >= 1e6 or < 1e-3
        ? tick.ToString("0.#e0", CultureInfo.InvariantCulture)
        : Math.Round(tick, 9).ToString("#,0.#####", CultureInfo.InvariantCulture);
}

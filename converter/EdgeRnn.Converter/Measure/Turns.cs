using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace EdgeRnn.Converter.Measure;

/// <summary>
/// Measures several loops in turns, many short runs of each, so that all meet the same clock frequency and the same neighbours on the
/// machine. A loop is called with the number of times it is to do its work.
/// </summary>
/// <param name="RunMs">How long one run lasts, in milliseconds.</param>
/// <param name="Runs">Runs of each loop.</param>
/// <param name="WarmUpMs">How long a loop runs at least before it is measured, in milliseconds.</param>
public sealed record Turns(double RunMs, int Runs, double WarmUpMs)
{
    private const int SteadyWindows = 4;
    private const int MostWindows = 40;
    private const int MostTurns = 1 << 30; // of an empty loop
    private const double SteadyFraction = 0.95;
    private const int UntimedShare = 8;

    /// <summary>A figure to rely on.</summary>
    public static Turns Full { get; } = new(0.25, 301, 400);

    /// <summary>Wrong figures, right plumbing.</summary>
    public static Turns Smoke { get; } = new(0.05, 3, 0.1);

    /// <summary>Measures.</summary>
    /// <param name="loops">What to measure.</param>
    public IReadOnlyList<Timing> Measure(params IReadOnlyList<Action<int>> loops)
    {
        int[] counts = [.. loops.Select(WarmUp)];
        double[][] times = [.. loops.Select(_ => new double[Runs])];
        for (int run = 0; run < Runs; run++)
        {
            for (int i = 0; i < loops.Count; i++)
            {
                times[i][run] = SettledNs(loops[i], counts[i]);
            }
        }
        return [.. times.Select(Timing.Of)];
    }

    /// <summary>Measures actions that do their work once; median nanoseconds of each.</summary>
    /// <param name="actions">What to measure.</param>
    public double[] Medians(params IReadOnlyList<Action> actions) => [.. Measure([.. actions.Select(Repeated)]).Select(timing => timing.MedianNs)];

    private static Action<int> Repeated(Action action) => times =>
    {
        for (; times > 0; times--) action();
    };

    /// <summary>.NET compiles hot code again, better, in the background: runs on until that no longer makes a loop faster.</summary>
    /// <param name="loop">What is to be measured.</param>
    /// <returns>How often it does its work in one run.</returns>
    public int WarmUp(Action<int> loop)
    {
        int count = 1;
        double best = double.PositiveInfinity;
        for (int steady = 0, window = 0; steady < SteadyWindows && window < MostWindows; steady++, window++)
        {
            long start = Stopwatch.GetTimestamp();
            double windowBest = double.PositiveInfinity;
            do
            {
                windowBest = Math.Min(windowBest, Ns(loop, count));
                // Short runs are too coarse to reckon with.
                count = (int)Math.Clamp(RunMs * 1e6 / windowBest, 1, Math.Min(2.0 * count, MostTurns));
            }
            while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < WarmUpMs / SteadyWindows);
            if (windowBest < best * SteadyFraction) steady = 0;
            best = windowBest;
        }
        return count;
    }

    /// <summary>As <see cref="Ns"/>, after some turns that are not timed: the weights of the loop before are still in the cache.</summary>
    /// <param name="loop">What to measure.</param>
    /// <param name="count">How often it does its work, at least 1.</param>
    public static double SettledNs(Action<int> loop, int count)
    {
        loop((count + UntimedShare - 1) / UntimedShare + 1);
        return Ns(loop, count);
    }

    /// <summary>Nanoseconds of one turn of a loop, now.</summary>
    /// <param name="loop">What to measure.</param>
    /// <param name="count">How often it does its work, at least 1.</param>
    public static double Ns(Action<int> loop, int count)
    {
        long start = Stopwatch.GetTimestamp();
        loop(count);
        return Math.Max(Stopwatch.GetTimestamp() - start, 1) * (1e9 / Stopwatch.Frequency) / count;
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace EdgeRnn.Benchmarks;

/// <summary>Measures several actions in turns, so that all meet the same clock frequency.</summary>
public static class Turns
{
    private const int Runs = 9;

    /// <summary>Nanoseconds each action takes, medians of several runs.</summary>
    /// <param name="actions">What to measure.</param>
    /// <param name="runMs">How long each run lasts, in milliseconds.</param>
    public static double[] Measure(Action[] actions, double runMs)
    {
        int[] counts = [.. actions.Select(action => CountFor(action, runMs))];
        List<double>[] times = [.. actions.Select(_ => new List<double>())];
        for (int run = 0; run < Runs; run++)
        {
            for (int i = 0; i < actions.Length; i++) times[i].Add(Ns(actions[i], counts[i]) / counts[i]);
        }
        return [.. times.Select(ns => ns.Order().ElementAt(Runs / 2))];
    }

    private static int CountFor(Action action, double runMs)
    {
        for (int count = 16; ; count *= 2)
        {
            double ms = Ns(action, count) / 1e6;
            if (ms >= runMs / 4) return Math.Max(1, (int)(count * runMs / ms));
        }
    }

    private static double Ns(Action action, int count)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++) action();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }
}

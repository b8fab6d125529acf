using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using EdgeRnn.Converter.Measure;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli;

/// <summary>What a step of a model costs on this machine, beside the least it could cost there.</summary>
/// <param name="MedianNs">Nanoseconds per step of one stream in the median block.</param>
/// <param name="FastestNs">The same in the fastest block.</param>
/// <param name="SlowestNs">The same in the slowest block.</param>
/// <param name="Steps">Steps measured; of a batch, of all streams together.</param>
/// <param name="Blocks">Blocks they were measured in.</param>
/// <param name="AllocatedBytes">Bytes the measured steps took from the heap.</param>
/// <param name="Path">Which kernels ran.</param>
/// <param name="Streams">Streams stepped in one call.</param>
/// <param name="OneByOneNs">Of a batch: nanoseconds per step of the same streams one by one, median; else null.</param>
/// <param name="StreamLimitNs">Nanoseconds to read as many bytes as the model has weights, median, in turns with the steps; null without weights.</param>
/// <param name="ProductLimitNs">Nanoseconds of its matrix-vector products alone, likewise.</param>
internal sealed record StepTiming(double MedianNs, double FastestNs, double SlowestNs, int Steps, int Blocks, long AllocatedBytes, string Path,
    int Streams, double? OneByOneNs, double? StreamLimitNs, double? ProductLimitNs)
{
    private const int _blocks = 101;
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(10);
    private static readonly Turns _turns = new(RunMs: 1, _blocks, WarmUpMs: 400);
    private static readonly Turns _limitTurns = _turns with { WarmUpMs = 60 }; // compiled fully before they run

    /// <summary>How many times as long as reading the weights.</summary>
    public double? StreamRatio => MedianNs / StreamLimitNs;

    /// <summary>How many times as long as the bare products.</summary>
    public double? ProductRatio => MedianNs / ProductLimitNs;

    /// <summary>Measures.</summary>
    /// <param name="model">The model.</param>
    /// <param name="steps">Steps to measure, at least 1; fewer are measured when they take longer than ten seconds.</param>
    /// <param name="streams">Streams stepped in one call, at least 1.</param>
    public static StepTiming Measure(Model model, int steps, int streams)
    {
        SteppedStreams stepped = new(model, streams);
        List<Action<int>> others = streams > 1 ? [stepped.RunOneByOne] : [];
        if (MachineLimits.Exist(model))
        {
            MachineLimits limits = MachineLimits.Of(model);
            others.AddRange([limits.Stream.Run, limits.RunProducts]);
        }
        Action<int> loop = streams > 1 ? stepped.RunBatch : stepped.RunOneByOne;
        _turns.WarmUp(loop);
        int[] counts = [.. others.ConvertAll(_limitTurns.WarmUp)];

        int ticks = (steps + streams - 1) / streams, perBlock = (ticks + _blocks - 1) / _blocks, measured = 0;
        List<double> ns = new(_blocks);
        List<double>[] othersNs = [.. others.ConvertAll(_ => new List<double>(_blocks))];
        long start = Stopwatch.GetTimestamp(), allocated = 0;
        while (measured < ticks && (measured == 0 || Stopwatch.GetElapsedTime(start) < _limit))
        {
            int count = Math.Min(perBlock, ticks - measured);
            long before = GC.GetAllocatedBytesForCurrentThread();
            ns.Add(Turns.SettledNs(loop, count) / streams);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            measured += count;
            for (int i = 0; i < counts.Length; i++) othersNs[i].Add(Turns.SettledNs(others[i], counts[i]));
        }
        Timing timing = Timing.Of(ns);
        double[] medians = [.. Array.ConvertAll(othersNs, values => Timing.Of(values).MedianNs)];
        bool hasLimits = medians.Length >= 2;
        return new StepTiming(timing.MedianNs, timing.LowestNs, timing.HighestNs, measured * streams, ns.Count, allocated, ChosenPath(model),
            streams, streams > 1 ? medians[0] / streams : null, hasLimits ? medians[^2] : null, hasLimits ? medians[^1] : null);
    }

    private static string ChosenPath(Model model)
    {
        string processor = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        return $"{model.KernelText}, {processor}, {RuntimeInformation.FrameworkDescription}";
    }
}

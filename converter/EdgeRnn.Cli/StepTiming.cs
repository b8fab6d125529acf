using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli;

/// <summary>What a step of a model costs on this machine.</summary>
/// <param name="MedianNs">Nanoseconds per step in the median block.</param>
/// <param name="FastestNs">Nanoseconds per step in the fastest block.</param>
/// <param name="SlowestNs">Nanoseconds per step in the slowest block.</param>
/// <param name="Steps">Steps measured.</param>
/// <param name="Blocks">Blocks they were measured in.</param>
/// <param name="AllocatedBytes">Bytes the measured steps took from the heap.</param>
/// <param name="Path">Which kernels ran.</param>
internal sealed record StepTiming(double MedianNs, double FastestNs, double SlowestNs, int Steps, int Blocks,
    long AllocatedBytes, string Path)
{
    private const int _blocks = 101;
    private const int _inputSteps = 64;
    private const int _seed = 1;
    private const int _steadyWindows = 4;
    private const double _steadyFraction = 0.95;
    private static readonly TimeSpan _warmUpWindow = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _warmUpLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(10);

    /// <summary>Measures.</summary>
    /// <param name="model">The model.</param>
    /// <param name="steps">Steps to measure, at least 1; fewer are measured when they take longer than ten seconds.</param>
    public static StepTiming Measure(Model model, int steps)
    {
        Bench bench = new(model);
        WarmUp(bench);
        int perBlock = (steps + _blocks - 1) / _blocks, measured = 0;
        List<double> nsPerStep = new(_blocks);
        long end = Stopwatch.GetTimestamp() + Ticks(_limit), allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        while (measured < steps && (measured == 0 || Stopwatch.GetTimestamp() < end))
        {
            int count = Math.Min(perBlock, steps - measured);
            long start = Stopwatch.GetTimestamp();
            bench.Run(count);
            nsPerStep.Add((Stopwatch.GetTimestamp() - start) * 1e9 / Stopwatch.Frequency / count);
            measured += count;
        }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        nsPerStep.Sort();
        return new StepTiming(nsPerStep[nsPerStep.Count / 2], nsPerStep[0], nsPerStep[^1], measured, nsPerStep.Count,
            allocated, ChosenPath(model));
    }

    // .NET compiles hot code again, better, in the background: waits until that no longer makes it faster.
    private static void WarmUp(Bench bench)
    {
        long end = Stopwatch.GetTimestamp() + Ticks(_warmUpLimit);
        double best = double.PositiveInfinity;
        for (int steady = 0; steady < _steadyWindows && Stopwatch.GetTimestamp() < end; steady++)
        {
            long start = Stopwatch.GetTimestamp(), steps = 0, now;
            do
            {
                bench.Run(1);
                steps++;
                now = Stopwatch.GetTimestamp();
            }
            while (now - start < Ticks(_warmUpWindow));
            double perStep = (double)(now - start) / steps;
            if (perStep < best * _steadyFraction) steady = 0;
            best = Math.Min(best, perStep);
        }
    }

    private static long Ticks(TimeSpan duration) => (long)(duration.TotalSeconds * Stopwatch.Frequency);

    private static string ChosenPath(Model model)
    {
        string processor = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        return $"{model.KernelText}, {processor}, {RuntimeInformation.FrameworkDescription}";
    }

    // One session fed with the same few random samples over and over.
    private sealed class Bench
    {
        private readonly Session _session;
        private readonly float[] _input;
        private readonly float[] _output;
        private readonly int _inputSize;
        private int _next;

        public Bench(Model model)
        {
            Random random = new(_seed);
            _session = new Session(model);
            _inputSize = model.InputSize;
            _output = new float[model.OutputSize];
            _input = new float[_inputSteps * _inputSize];
            for (int i = 0; i < _input.Length; i++) _input[i] = (float)(random.NextDouble() * 2 - 1);
        }

        public void Run(int steps)
        {
            for (int step = 0; step < steps; step++)
            {
                _session.Step(_input, _next * _inputSize, _output, 0);
                _next = (_next + 1) % _inputSteps;
            }
        }
    }
}

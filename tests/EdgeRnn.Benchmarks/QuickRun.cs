using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Benchmarks;

/// <summary>
/// Measures one case without BenchmarkDotNet: medians of several runs, each as long as asked for. The runtime and the naive loop take
/// turns, so that both meet the same clock frequency.
/// </summary>
public sealed class QuickRun
{
    private const int SignalSteps = 64, Runs = 9, CheckedSteps = 100;
    private const float Agreement = 1e-4f, IntegerAgreement = 0.1f;

    private readonly BenchmarkCase _case;
    private readonly double _runMs;
    private readonly float[][] _signal;
    private readonly float[] _output = new float[1];
    private readonly byte[] _file;
    private readonly Session _session;
    private readonly NaiveCell _naive;
    private float _sink;

    /// <param name="network">What to measure.</param>
    /// <param name="runMs">How long each run lasts, in milliseconds.</param>
    public QuickRun(BenchmarkCase network, double runMs)
    {
        _case = network;
        _runMs = runMs;
        _signal = network.Signal(SignalSteps);
        _file = network.File();
        _session = new Session(Model.Load(_file));
        _naive = new NaiveCell(network);
    }

    public QuickResult Measure()
    {
        CheckAgreement();
        int steps = StepsPerRun(RunSession), naiveSteps = StepsPerRun(RunNaive);
        List<double> session = [], naive = [];
        for (int run = 0; run < Runs; run++)
        {
            session.Add(NsPerStep(RunSession, steps));
            naive.Add(NsPerStep(RunNaive, naiveSteps));
        }
        if (float.IsNaN(_sink)) throw new InvalidOperationException($"{_case}: the outputs are not numbers");
        return new QuickResult(_case, Median(session), session.Min(), Median(naive), BytesPerStep(), LoadMs(), _file.Length);
    }

    // Otherwise a fast wrong answer would win.
    private void CheckAgreement()
    {
        float agreement = _case.Scheme == Scheme.F32 ? Agreement : IntegerAgreement;
        for (int step = 0; step < CheckedSteps; step++)
        {
            float expected = _naive.Step(_signal[step % SignalSteps]);
            _session.Step(_signal[step % SignalSteps], 0, _output, 0);
            if (!(MathF.Abs(_output[0] - expected) <= agreement))
                throw new InvalidOperationException($"{_case}: step {step} gives {_output[0]}, the naive loop {expected}");
        }
    }

    private int StepsPerRun(Action<int> run)
    {
        int steps = SignalSteps;
        while (true)
        {
            double ms = NsPerStep(run, steps) * steps / 1e6;
            if (ms >= _runMs / 4) return Math.Max(1, (int)(steps * _runMs / ms));
            steps *= 2;
        }
    }

    private double BytesPerStep()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        RunSession(SignalSteps);
        _session.Reset();
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / SignalSteps;
    }

    private double LoadMs()
    {
        List<double> times = [];
        for (int run = 0; run < Runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            Model.Load(_file);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return Median(times);
    }

    private void RunSession(int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            _session.Step(_signal[step & (SignalSteps - 1)], 0, _output, 0);
            _sink += _output[0];
        }
    }

    private void RunNaive(int steps)
    {
        for (int step = 0; step < steps; step++) _sink += _naive.Step(_signal[step & (SignalSteps - 1)]);
    }

    private static double NsPerStep(Action<int> run, int steps)
    {
        long start = Stopwatch.GetTimestamp();
        run(steps);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / steps;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}

/// <summary>What was measured of one case.</summary>
/// <param name="Network">The case.</param>
/// <param name="NsPerStep">Median over the runs.</param>
/// <param name="BestNsPerStep">Fastest run.</param>
/// <param name="NaiveNsPerStep">Median of the scalar loop in the same process.</param>
/// <param name="BytesPerStep">Bytes allocated per step; anything but 0 is a defect.</param>
/// <param name="LoadMs">Median time to read and prove the file.</param>
/// <param name="FileBytes">Length of the file.</param>
public sealed record QuickResult(BenchmarkCase Network, double NsPerStep, double BestNsPerStep, double NaiveNsPerStep, double BytesPerStep,
    double LoadMs, int FileBytes)
{
    /// <summary>How many times faster than the scalar loop.</summary>
    public double Speedup => NaiveNsPerStep / NsPerStep;
}

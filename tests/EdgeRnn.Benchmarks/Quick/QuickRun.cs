using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using EdgeRnn.Converter.Measure;
using EdgeRnn.Runtime;

namespace EdgeRnn.Benchmarks;

/// <summary>
/// Measures one case without BenchmarkDotNet: the runtime, the limits of the machine for the same weights, and the naive loop, in turns.
/// </summary>
public sealed class QuickRun
{
    private const int SignalSteps = 64, CheckedSteps = 100, Loads = 9, CountedSteps = 1024;
    private const float Agreement = 1e-4f, IntegerAgreement = 0.1f;

    private readonly BenchmarkCase _case;
    private readonly Turns _turns;
    private readonly float[][] _signal;
    private readonly float[] _output = new float[1];
    private readonly byte[] _file;
    private readonly Model _model;
    private readonly Session _session;
    private readonly NaiveCell _naive;
    private float _sink;

    /// <param name="network">What to measure.</param>
    /// <param name="turns">How long.</param>
    public QuickRun(BenchmarkCase network, Turns turns)
    {
        _case = network;
        _turns = turns;
        _signal = network.Signal(SignalSteps);
        _file = network.File();
        _model = Model.Load(_file);
        _session = new Session(_model);
        _naive = new NaiveCell(network);
    }

    public QuickResult Measure()
    {
        CheckAgreement(_naive);
        MachineLimits limits = _case.Limits();
        IReadOnlyList<Timing> times = _turns.Measure(RunSession, limits.Stream.Run, limits.RunProducts, RunNaive);
        if (float.IsNaN(_sink)) throw new InvalidOperationException($"{_case}: the outputs are not numbers");
        return new QuickResult(_case, times[0], times[1], times[2], times[3], AllocatedBytes.Of(RunAndReset), LoadMs(), _file.Length, _model.KernelText,
            limits.Stream.ByteCount);
    }

    /// <summary>Compares some steps, without which a fast wrong answer would win.</summary>
    /// <exception cref="InvalidOperationException">An answer is another.</exception>
    public void CheckAgreement(NaiveCell naive)
    {
        float agreement = _case.Scheme == Scheme.F32 ? Agreement : IntegerAgreement;
        for (int step = 0; step < CheckedSteps; step++)
        {
            float expected = naive.Step(_signal[step % SignalSteps]);
            _session.Step(_signal[step % SignalSteps], 0, _output, 0);
            if (!(MathF.Abs(_output[0] - expected) <= agreement))
                throw new InvalidOperationException($"{_case}: step {step} gives {_output[0]}, the naive loop {expected}");
        }
    }

    private void RunAndReset()
    {
        RunSession(CountedSteps);
        _session.Reset();
    }

    private double LoadMs()
    {
        double[] times = new double[Loads];
        for (int load = 0; load < Loads; load++)
        {
            long start = Stopwatch.GetTimestamp();
            Model.Load(_file);
            times[load] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return times.Order().ElementAt(Loads / 2);
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
}

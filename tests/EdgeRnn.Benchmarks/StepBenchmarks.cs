using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using EdgeRnn.Runtime;

namespace EdgeRnn.Benchmarks;

/// <summary>Steps and loads under BenchmarkDotNet.</summary>
[MemoryDiagnoser]
public class StepBenchmarks
{
    private const int SignalSteps = 64;

    private readonly float[] _output = new float[1];
    private float[][] _signal = [];
    private byte[] _file = [];
    private Session _session = null!;
    private NaiveCell _naive = null!;
    private int _step;

    /// <summary>Every network of the table.</summary>
    public static IEnumerable<BenchmarkCase> Networks => BenchmarkCase.All;

    [ParamsSource(nameof(Networks))]
    public BenchmarkCase Network { get; set; } = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _signal = Network.Signal(SignalSteps);
        _file = Network.File();
        _session = new Session(Model.Load(_file));
        _naive = new NaiveCell(Network);
    }

    [Benchmark]
    public float Step()
    {
        _session.Step(_signal[_step++ & (SignalSteps - 1)], 0, _output, 0);
        return _output[0];
    }

    [Benchmark(Baseline = true)]
    public float NaiveStep() => _naive.Step(_signal[_step++ & (SignalSteps - 1)]);

    [Benchmark]
    public Model Load() => Model.Load(_file);
}

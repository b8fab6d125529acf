using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using EdgeRnn.Converter.Measure;
using EdgeRnn.Runtime;

namespace EdgeRnn.Benchmarks;

/// <summary>Many streams of one model under BenchmarkDotNet; times are per step of one stream.</summary>
[MemoryDiagnoser]
public class BatchBenchmarks
{
    private const int Streams = 256;

    private SteppedStreams _streams = null!;

    /// <summary>The networks a gateway would run.</summary>
    public static IEnumerable<BenchmarkCase> Networks => BenchmarkCase.All.Where(network => network is { Cell: "gru", HiddenSize: 64 or 128 });

    [ParamsSource(nameof(Networks))]
    public BenchmarkCase Network { get; set; } = null!;

    [GlobalSetup]
    public void SetUp() => _streams = new SteppedStreams(Model.Load(Network.File()), Streams);

    [Benchmark(Baseline = true, OperationsPerInvoke = Streams)]
    public void OneByOne() => _streams.RunOneByOne(1);

    [Benchmark(OperationsPerInvoke = Streams)]
    public void InOneCall() => _streams.RunBatch(1);
}

using System;
using BenchmarkDotNet.Attributes;
using EdgeRnn.Runtime;

namespace EdgeRnn.Benchmarks;

/// <summary>
/// The integer gate functions; times are per element, <see cref="CopyAlone"/> included. Inputs are copied for many runs at once:
/// a run that was written just before it is read would wait for the copy.
/// </summary>
public class GateBenchmarks
{
    private const int Elements = 4096, Offset = 3, Seed = 20240603;

    private readonly GateFunction _gates = new();
    private readonly int[] _inputs = new int[Elements], _memory = new int[Elements + Offset];

    /// <summary>Elements in one call: units of a cell.</summary>
    [Params(16, 64, 256)]
    public int Count { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        Random random = new(Seed);
        for (int i = 0; i < Elements; i++) _inputs[i] = random.Next(-300_000, 300_000);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Elements)]
    public void CopyAlone() => Array.Copy(_inputs, 0, _memory, Offset, Elements);

    [Benchmark(OperationsPerInvoke = Elements)]
    public void StateGate()
    {
        CopyAlone();
        for (int at = 0; at < Elements; at += Count) _gates.StateGate(_memory, Offset + at, Count);
    }

    [Benchmark(OperationsPerInvoke = Elements)]
    public void Gate()
    {
        CopyAlone();
        for (int at = 0; at < Elements; at += Count) _gates.Gate(_memory, Offset + at, Count);
    }

    [Benchmark(OperationsPerInvoke = Elements)]
    public void Tanh()
    {
        CopyAlone();
        for (int at = 0; at < Elements; at += Count) _gates.Tanh(_memory, Offset + at, Count);
    }
}

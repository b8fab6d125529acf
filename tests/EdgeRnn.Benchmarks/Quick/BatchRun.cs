using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Measure;
using EdgeRnn.Runtime;

namespace EdgeRnn.Benchmarks;

/// <summary>Many streams through one model: in one call against one by one, in turns.</summary>
public static class BatchRun
{
    private const int Streams = 256;
    private static readonly (int Input, int Hidden)[] _shapes = [(8, 64), (16, 128)];

    /// <summary>Measures and prints one table.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="turns">How long to measure.</param>
    public static void Table(TextWriter writer, Turns turns)
    {
        writer.WriteLine();
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Streams} streams | one by one: ns/step | in one call: ns/step | times the throughput |"));
        writer.WriteLine("|---|---:|---:|---:|");
        foreach (BenchmarkCase network in BenchmarkCase.All.Where(network => network.Cell != "rnn" && _shapes.Contains((network.InputSize, network.HiddenSize))))
        {
            (double oneByOne, double batched) = Measure(network, Streams, turns);
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {network} | {oneByOne:F0} | {batched:F0} | {oneByOne / batched:F2} |"));
        }
    }

    /// <summary>Nanoseconds per step of one stream, one by one and in one call.</summary>
    public static (double OneByOne, double Batched) Measure(BenchmarkCase network, int streams, Turns turns)
    {
        SteppedStreams stepped = new(Model.Load(network.File()), streams);
        IReadOnlyList<Timing> times = turns.Measure(stepped.RunOneByOne, stepped.RunBatch);
        return (times[0].MedianNs / streams, times[1].MedianNs / streams);
    }
}

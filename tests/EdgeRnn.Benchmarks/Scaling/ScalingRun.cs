using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Measure;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;

namespace EdgeRnn.Benchmarks;

/// <summary>Cost against hidden size, layers and streams: tables, and plots where a folder is given.</summary>
public static class ScalingRun
{
    private const int FirstJudged = 24, LastJudged = 512, LayerUnits = 32, MostLayers = 8, StreamInput = 8, StreamUnits = 64;

    /// <summary>Around each multiple of a vector's width one size below and one above.</summary>
    public static IReadOnlyList<int> HiddenSizes { get; } =
    [
        4, 7, 8, 9, 12, 15, 16, 17, 20, 24, 25, 31, 32, 33, 40, 47, 48, 49, 56, 63, 64, 65, 80, 96, 100, 127, 128, 129, 160, 192, 200, 255, 256,
        257, 320, 384, 400, 511, 512, 513, 640, 768, 1000, 1023, 1024,
    ];

    private static readonly int[] _smokeSizes = [4, 17, 24, 33];
    private static readonly int[] _streams = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

    /// <summary>Measures and prints.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="folder">Where the plots go; null for none.</param>
    /// <param name="smoke">Wrong figures at once.</param>
    public static void Run(TextWriter writer, string? folder, bool smoke)
    {
        Turns turns = smoke ? Turns.Smoke : new Turns(RunMs: 0.25, Runs: 61, WarmUpMs: 60);
        Hidden(writer, folder, smoke ? _smokeSizes : HiddenSizes, turns);
        Layers(writer, folder, smoke ? 2 : MostLayers, turns);
        Streams(writer, folder, smoke ? _streams[..2] : _streams, turns);
    }

    /// <summary>The largest ratio of two neighbours, either way.</summary>
    /// <param name="points">Size and cost, sizes rising.</param>
    public static (int Below, int Above, double Ratio) LargestJump(IReadOnlyList<(int Size, double Cost)> points)
    {
        (int Below, int Above, double Ratio) largest = (0, 0, 1);
        foreach (((int below, double before), (int above, double after)) in points.Zip(points.Skip(1)))
        {
            double ratio = Math.Max(before / after, after / before);
            if (ratio > largest.Ratio) largest = (below, above, ratio);
        }
        return largest;
    }

    private static void Hidden(TextWriter writer, string? folder, IReadOnlyList<int> sizes, Turns turns)
    {
        List<(string Name, Dictionary<int, double> Costs)> columns = [];
        foreach (string cell in new[] { "gru", "lstm" })
        {
            foreach (Scheme scheme in BenchmarkCase.Schemes)
            {
                double[] ns = StepNs([.. sizes.Select(size => new BenchmarkCase(cell, InputOf(size), size, scheme).File())], turns);
                columns.Add(($"{cell} {SchemeName.Of(scheme)}", sizes.Zip(ns).ToDictionary(pair => pair.First, pair => pair.Second)));
            }
        }
        writer.WriteLine();
        writer.WriteLine($"| units | {string.Join(" | ", columns.Select(column => $"{column.Name}: ns | ns/MAC"))} |");
        writer.WriteLine($"|---:|{string.Concat(columns.Select(_ => "---:|---:|"))}");
        foreach (int size in sizes)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {size} | ") + string.Join(" | ", columns.Select(column =>
                string.Create(CultureInfo.InvariantCulture, $"{column.Costs[size]:F0} | {column.Costs[size] / Macs(column.Name, size):F4}"))) + " |");
        }
        writer.WriteLine();
        foreach ((string name, Dictionary<int, double> costs) in columns)
        {
            (int below, int above, double ratio) = LargestJump([.. costs.Where(cost => cost.Key is >= FirstJudged and <= LastJudged)
                .OrderBy(cost => cost.Key).Select(cost => (cost.Key, cost.Value / Macs(name, cost.Key)))]);
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}: largest jump of ns per MAC between neighbours from {FirstJudged} to {LastJudged}: {ratio:F2} x, {below} to {above}"));
        }
        Save(folder, "scaling-hidden.svg", LinePlot.Write("A step against the number of units", "units", "ns per multiply-accumulate",
            [.. columns.Select(column => new PlotLine(column.Name, [.. sizes.Select(size => ((double)size, column.Costs[size] / Macs(column.Name, size)))]))]));
    }

    private static void Layers(TextWriter writer, string? folder, int most, Turns turns)
    {
        writer.WriteLine();
        writer.WriteLine($"| layers of {LayerUnits} units | {string.Join(" | ", BenchmarkCase.Schemes.Select(scheme => $"gru {SchemeName.Of(scheme)}: ns | ns/layer"))} |");
        writer.WriteLine($"|---:|{string.Concat(BenchmarkCase.Schemes.Select(_ => "---:|---:|"))}");
        List<(double, double)>[] points = [.. BenchmarkCase.Schemes.Select(_ => new List<(double, double)>())];
        int[] counts = [.. Enumerable.Range(1, most)];
        double[][] all = [.. BenchmarkCase.Schemes.Select(scheme => StepNs([.. counts.Select(layers => StackedNetwork.File(layers, LayerUnits, scheme))], turns))];
        foreach (int layers in counts)
        {
            double[] ns = [.. all.Select(scheme => scheme[layers - 1])];
            for (int i = 0; i < ns.Length; i++) points[i].Add((layers, ns[i] / layers));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {layers} | ") +
                string.Join(" | ", ns.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value:F0} | {value / layers:F0}"))) + " |");
        }
        Save(folder, "scaling-layers.svg", LinePlot.Write($"A step against the number of layers, GRU of {LayerUnits} units", "layers", "ns per layer",
            [.. BenchmarkCase.Schemes.Select((scheme, i) => new PlotLine(SchemeName.Of(scheme), points[i]))]));
    }

    private static void Streams(TextWriter writer, string? folder, int[] counts, Turns turns)
    {
        BenchmarkCase[] networks = [.. BenchmarkCase.Schemes.Select(scheme => new BenchmarkCase("gru", StreamInput, StreamUnits, scheme))];
        writer.WriteLine();
        writer.WriteLine($"| streams | {string.Join(" | ", networks.Select(network => $"{network}: one by one ns | in one call ns"))} |");
        writer.WriteLine($"|---:|{string.Concat(networks.Select(_ => "---:|---:|"))}");
        List<PlotLine> lines = [];
        (double OneByOne, double Batched)[][] ns = [.. counts.Select(count => networks.Select(network => BatchRun.Measure(network, count, turns)).ToArray())];
        for (int i = 0; i < counts.Length; i++)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {counts[i]} | ") + string.Join(" | ",
                ns[i].Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.OneByOne:F0} | {pair.Batched:F0}"))) + " |");
        }
        for (int i = 0; i < networks.Length; i++)
        {
            string name = SchemeName.Of(networks[i].Scheme);
            lines.Add(new PlotLine($"{name} one by one", [.. counts.Select((count, at) => ((double)count, ns[at][i].OneByOne))]));
            lines.Add(new PlotLine($"{name} in one call", [.. counts.Select((count, at) => ((double)count, ns[at][i].Batched))]));
        }
        Save(folder, "scaling-streams.svg", LinePlot.Write(
            string.Create(CultureInfo.InvariantCulture, $"A step of one stream against the number of streams, GRU {StreamInput},{StreamUnits}"), "streams", "ns per step", lines));
    }

    private static int InputOf(int hiddenSize) => Math.Max(1, hiddenSize / 8);

    private static int Macs(string name, int hiddenSize) => new BenchmarkCase(name.Split(' ')[0], InputOf(hiddenSize), hiddenSize, Scheme.F32).Macs;

    // All in turns, since neighbours are compared with each other.
    private static double[] StepNs(IEnumerable<byte[]> files, Turns turns) => [.. turns.Measure(
        [.. files.Select(file => (Action<int>)new SteppedStreams(Model.Load(file), 1).RunOneByOne)]).Select(timing => timing.LowestQuartileNs)];

    private static void Save(string? folder, string name, string svg)
    {
        if (folder != null) File.WriteAllText(Path.Combine(folder, name), svg);
    }
}

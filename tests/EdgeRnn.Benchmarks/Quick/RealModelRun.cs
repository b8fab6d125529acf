using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Converter.Measure;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;
using EdgeRnn.Tests;

namespace EdgeRnn.Benchmarks;

/// <summary>
/// Real networks on the features of real sound: RNNoise's three GRUs alone and its whole network, and Silero's LSTM-128, where they stand
/// beside the checkout in ../shared/data.
/// </summary>
public static class RealModelRun
{
    private const int FrameCount = 64, DenseUnits = 24;
    private const string RnnoiseFolder = "models/rnnoise", SileroFolder = "models/silero-vad-lstm128";

    private static readonly string _data = Path.Combine(Repository.Root, "..", "shared", "data");

    /// <summary>Measures and prints one table, or a line on what is missing.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="turns">How long to measure.</param>
    public static void Table(TextWriter writer, Turns turns)
    {
        writer.WriteLine();
        if (!Directory.Exists(Path.Combine(_data, RnnoiseFolder)) || !Directory.Exists(Path.Combine(_data, SileroFolder)))
        {
            writer.WriteLine($"RNNoise and Silero left out: {RnnoiseFolder} and {SileroFolder} are not in ../shared/data");
            return;
        }
        writer.WriteLine("| real network | scheme | us/frame | lowest | stream limit us | product limit us | real-time factor |");
        writer.WriteLine("|---|---|---:|---:|---:|---:|---:|");
        RecurrentGraph rnnoise = Import($"{RnnoiseFolder}/orig_v0.1.1.json", "rnnoise-orig");
        float[][] features = Frames($"{RnnoiseFolder}/features.npy");
        Rows(writer, turns, "RNNoise, its three GRUs", CellsOf(rnnoise), WithDense(rnnoise, features), 10);
        Rows(writer, turns, "RNNoise, all layers", rnnoise, features, 10);
        Rows(writer, turns, "Silero, LSTM-128 and head", Import($"{SileroFolder}/tensors", "silero-npy"), Frames($"{SileroFolder}/features.npy"), 32);
    }

    private static void Rows(TextWriter writer, Turns turns, string name, RecurrentGraph graph, float[][] frames, double frameMs)
    {
        foreach (Scheme scheme in BenchmarkCase.Schemes)
        {
            Model model = Model.Load(scheme == Scheme.F32 ? ErnnWriter.Write(graph)
                : new IntegerConverter(graph, StepArray.OfRows(frames)).Convert(new QuantizationSettings { Default = scheme }));
            MachineLimits limits = MachineLimits.Of(model);
            Session session = new(model);
            float[] answer = new float[model.OutputSize];
            int frame = 0;
            IReadOnlyList<Timing> times = turns.Measure(Step, limits.Stream.Run, limits.RunProducts);
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {SchemeName.Of(scheme)} | {times[0].MedianNs / 1e3:F2} | {times[0].LowestNs / 1e3:F2} | {times[1].MedianNs / 1e3:F2} | " +
                $"{times[2].MedianNs / 1e3:F2} | {frameMs * 1e6 / times[0].MedianNs:F0} |"));

            void Step(int count)
            {
                for (; count > 0; count--) session.Step(frames[frame++ & (FrameCount - 1)], 0, answer, 0);
            }
        }
    }

    private static float[][] Frames(string relative)
    {
        Tensor array = NpyFile.Read(Path.Combine(_data, relative));
        return [.. array.Data.Chunk(array.Shape[^1]).Take(FrameCount)];
    }

    // Without the dense layer before them, whose answers stand before the features in the input, and without those behind.
    private static RecurrentGraph CellsOf(RecurrentGraph graph)
    {
        GruNode[] cells = [.. graph.Main.Nodes.OfType<GruNode>().Select(cell => cell with { Inputs = [.. cell.Inputs.Select(Moved)] })];
        return new RecurrentGraph
        {
            Name = "cells",
            Main = new Subgraph { InputSize = DenseUnits + graph.Main.InputSize, Nodes = cells, Outputs = [new(cells.Length, 0, cells[^1].OutputSize)] },
        };

        Segment Moved(Segment segment) => segment.Value switch
        {
            0 => new Segment(0, segment.Offset + DenseUnits, segment.Length),
            1 => new Segment(0, segment.Offset, segment.Length),
            int source => new Segment(source - 1, segment.Offset, segment.Length),
        };
    }

    private static float[][] WithDense(RecurrentGraph graph, float[][] features)
    {
        Session dense = new(Model.Load(ErnnWriter.Write(new RecurrentGraph
        {
            Name = "dense",
            Main = new Subgraph { InputSize = graph.Main.InputSize, Nodes = [graph.Main.Nodes[0]], Outputs = [new(1, 0, DenseUnits)] },
        })));
        return [.. features.Select(frame =>
        {
            float[] answer = new float[DenseUnits];
            dense.Step(frame, 0, answer, 0);
            return (float[])[.. answer, .. frame];
        })];
    }

    private static RecurrentGraph Import(string relative, string arch) => ModelImporter.Import(Path.Combine(_data, relative),
        new ImportOptions { ArchPath = Path.Combine(Repository.Root, "tests", "vectors", "arch", arch + ".arch.json") });
}

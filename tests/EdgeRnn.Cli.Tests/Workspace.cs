using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Containers;

namespace EdgeRnn.Cli.Tests;

/// <summary>A folder of its own for one test, removed with it, and models small enough to compute in the head.</summary>
internal sealed class Workspace : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("edgernn-cli-").FullName;

    public string Path(string name) => System.IO.Path.Combine(Root, name);

    public string Text(string name, string content)
    {
        File.WriteAllText(Path(name), content);
        return Path(name);
    }

    public string Bytes(string name, byte[] content)
    {
        File.WriteAllBytes(Path(name), content);
        return Path(name);
    }

    public string Npy(string name, int[] shape, params float[] data)
    {
        NpyFile.Write(Path(name), new Tensor(data, shape));
        return Path(name);
    }

    /// <summary>A model that answers its input at every step: y = x.</summary>
    public string Identity(int features, string[]? channels = null, int batchAxis = 1) =>
        Model(features, channels, window: null, batchAxis);

    /// <summary>A model that answers the last input of every window.</summary>
    public string LastOfWindow(int features, int length) => Model(features, null, Plan(length, Runtime.WindowAnswer.LastStep));

    /// <summary>A model that answers all inputs of a window at its end.</summary>
    public string AllOfWindow(int features, int length) => Model(features, null, Plan(length, Runtime.WindowAnswer.AllSteps));

    /// <summary>A model whose answer is the running sum of one input: s = s' + x.</summary>
    public string RunningSum(int batchAxis = 1, int? batchSize = null)
    {
        Tensor one = new([1], 1, 1);
        Segment[] input = [new Segment(0, 0, 1)];
        return Write(new RnnNode("sum", input, one, one, new Tensor([0], 1), Activation.Linear), null, null, batchAxis, batchSize);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private string Model(int features, string[]? channels, WindowPlan? window, int batchAxis = 1)
    {
        float[] unit = new float[features * features];
        for (int i = 0; i < features; i++) unit[i * features + i] = 1;
        Segment[] input = [new Segment(0, 0, features)];
        Preprocessing? preprocessing = channels == null ? null
            : new Preprocessing(new float[features], [.. Enumerable.Repeat(1f, features)], 0) { ChannelNames = channels };
        DenseNode copy = new("copy", input, new Tensor(unit, features, features), null, Activation.Linear);
        return Write(copy, window, preprocessing, batchAxis);
    }

    private string Write(GraphNode node, WindowPlan? window, Preprocessing? preprocessing, int batchAxis, int? batchSize = null)
    {
        IReadOnlyList<Segment> output = [new Segment(1, 0, node.OutputSize)];
        return Bytes($"model{Directory.GetFiles(Root).Length}.ernn", ErnnWriter.Write(new RecurrentGraph
        {
            Name = "small",
            Main = new Subgraph { InputSize = node.InputSize, Nodes = [node], Outputs = output },
            Window = window,
            Preprocessing = preprocessing,
            BatchAxis = batchAxis,
            BatchSize = batchSize,
        }));
    }

    private static WindowPlan Plan(int length, Runtime.WindowAnswer answer) =>
        new() { WindowLength = length, Hop = length, Answer = answer };
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Onnx;
using EdgeRnn.Converter.Import.Onnx.Proto;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Onnx;

/// <summary>One of the official node tests: a model whose weights are graph inputs, with input and output tensors beside it.</summary>
internal sealed class NodeCase
{
    private readonly Dictionary<string, OnnxValue> _tensors = [];

    private NodeCase(string folder)
    {
        string data = Path.Combine(folder, "test_data_set_0"), modelPath = Path.Combine(folder, "model.onnx");
        GraphProto graph = OnnxFile.Read(modelPath, out _).Graph;
        Dictionary<string, string> bindings = [];
        for (int i = 0; i < graph.Input.Count; i++)
        {
            string file = Path.Combine(data, $"input_{i}.pb"), name = graph.Input[i].Name;
            _tensors[name] = OnnxFile.ReadTensor(file);
            if (name is not ("X" or "sequence_lens")) bindings[name] = file;
        }
        for (int i = 0; i < graph.Output.Count; i++) Expected[graph.Output[i].Name] = (FloatConstant)OnnxFile.ReadTensor(Path.Combine(data, $"output_{i}.pb"));
        Graph = OnnxImporter.Import(modelPath, new ImportOptions { Bindings = bindings });
    }

    public RecurrentGraph Graph { get; }

    /// <summary>Y [steps, 1, batch, hidden] and Y_h [1, batch, hidden], those of them the model has.</summary>
    public Dictionary<string, FloatConstant> Expected { get; } = [];

    public static NodeCase Read(string folder) => new(folder);

    /// <summary>Runs each stream of the batch as a session of its own, as many steps as its sequence has.</summary>
    public void CheckAgainst(double absolute, double relative)
    {
        FloatConstant x = (FloatConstant)_tensors["X"];
        (int steps, int batch, int features) = (x.Shape[0], x.Shape[1], x.Shape[2]);
        for (int stream = 0; stream < batch; stream++)
        {
            int length = _tensors.TryGetValue("sequence_lens", out OnnxValue? lengths) ? (int)((IntConstant)lengths).Data[stream].Offset : steps;
            float[] rows = [.. Enumerable.Range(0, length).SelectMany(step => x.Data.Skip((step * batch + stream) * features).Take(features))];
            IReadOnlyList<float[]> answers = new StreamRunner(Graph).Run(rows);
            double[]?[] reference = GraphReference.Run(Graph, rows.Chunk(features));
            foreach ((string name, FloatConstant expected) in Expected)
            {
                int hidden = expected.Shape[^1];
                for (int i = 0; i < expected.Data.Length; i++)
                {
                    int step = name == "Y" ? i / (batch * hidden) : length - 1;
                    if (i / hidden % batch != stream) continue;
                    float actual = step < length ? answers[step][i % hidden] : 0;
                    double oracle = step < length ? reference[step]![i % hidden] : 0, wanted = expected.Data[i];
                    double allowed = absolute + relative * Math.Abs(wanted);
                    Assert.True(Math.Abs(actual - wanted) <= allowed, $"{name}[{i}]: runtime {actual}, expected {wanted}");
                    Assert.True(Math.Abs(oracle - wanted) <= allowed, $"{name}[{i}]: graph {oracle}, expected {wanted}");
                }
            }
        }
    }
}

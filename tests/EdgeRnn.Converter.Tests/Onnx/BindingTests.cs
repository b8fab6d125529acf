using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Converter.Import.Onnx.Proto;
using EdgeRnn.Converter.Tests.Containers;
using Google.Protobuf;

namespace EdgeRnn.Converter.Tests.Onnx;

/// <summary>Graphs that take their weights as inputs.</summary>
public sealed class BindingTests
{
    [Fact]
    public void Bound_npy_and_pb_files_become_the_weights()
    {
        using TemporaryFolder folder = new();
        OnnxModelBuilder stored = OnnxModelBuilder.Gru();
        TensorProto w = stored.Model.Graph.Initializer[0], r = stored.Model.Graph.Initializer[1];
        string npy = System.IO.Path.Combine(folder.Root, "w.npy");
        NpyFile.Write(npy, new Tensor([.. w.FloatData], 1, 6, 3));
        string pb = folder.File("r.pb", r.ToByteArray());

        GruNode expected = Assert.IsType<GruNode>(stored.Output("Y").Import().Main.Nodes[0]);
        GruNode bound = Assert.IsType<GruNode>(OpenWeights().Import(Bind(("W", npy), ("R", pb))).Main.Nodes[0]);
        Assert.Equal(expected.InputWeights.Data, bound.InputWeights.Data);
        Assert.Equal(expected.RecurrentWeights.Data, bound.RecurrentWeights.Data);
    }

    [Fact]
    public void Unbound_weights_are_listed_with_the_option_that_binds_them() => Assert.Equal(
        "the graph takes weights as inputs: W [1, 6, 3], R [1, 6, 2]; give each a .npy or .pb file: --bind W=FILE --bind R=FILE",
        OpenWeights().Refusal());

    [Fact]
    public void Binding_of_an_unknown_input_is_refused() => Assert.Equal(
        "--bind V: the graph has no such input; it has x, W, R", OpenWeights().Refusal(Bind(("V", "v.npy"))));

    [Fact]
    public void Bound_file_that_is_absent_is_named() => Assert.StartsWith(
        "no-such-file.pb: there is no such file", OpenWeights().Refusal(Bind(("W", "no-such-file.pb"))), StringComparison.Ordinal);

    [Fact]
    public void Bound_tensor_of_another_shape_is_refused()
    {
        using TemporaryFolder folder = new();
        string path = System.IO.Path.Combine(folder.Root, "w.npy");
        NpyFile.Write(path, new Tensor(new float[12], 1, 4, 3));
        OnnxModelBuilder model = OnnxModelBuilder.Gru().Output("Y");
        model.Model.Graph.Initializer.RemoveAt(0);
        model.Input("W", 1, 6, 3);
        Assert.StartsWith("GRU 'gru': W [4, 3] and R [6, 2] of one direction", model.Refusal(Bind(("W", path))), StringComparison.Ordinal);
    }

    [Fact]
    public void Sequence_lengths_need_no_binding()
    {
        OnnxModelBuilder model = OnnxModelBuilder.Gru(change: node => node.Input[4] = "lengths").Input("lengths", 6, [1]).Output("Y");
        Assert.Equal(["sequence_lens is not used: each session runs as many steps as it is given"], model.Import().Notes);
    }

    [Fact]
    public void Input_nobody_reads_is_noted() =>
        Assert.Equal(["input extra is not used"], OnnxModelBuilder.Gru().Input("extra", 2).Output("Y").Import().Notes);

    [Fact]
    public void Source_is_described()
    {
        RecurrentGraph graph = OnnxModelBuilder.Gru(opset: 17).Output("Y").Import();
        Assert.Equal("model", graph.Name);
        Assert.Equal(1, graph.BatchAxis);
        Assert.Equal(1, graph.BatchSize);
        Assert.Equal(new Dictionary<string, string> { ["source"] = "onnx", ["opset"] = "17", ["producer"] = "test" }, graph.Metadata);
    }

    // The GRU of the builder with W and R as inputs.
    private static OnnxModelBuilder OpenWeights()
    {
        OnnxModelBuilder model = OnnxModelBuilder.Gru().Output("Y");
        model.Model.Graph.Initializer.Clear();
        return model.Input("W", 1, 6, 3).Input("R", 1, 6, 2);
    }

    private static ImportOptions Bind(params (string Name, string Path)[] files)
    {
        Dictionary<string, string> bindings = [];
        foreach ((string name, string path) in files) bindings[name] = path;
        return new ImportOptions { Bindings = bindings };
    }
}

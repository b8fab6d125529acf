using System;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Converter.Import.Onnx;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Onnx;

/// <summary>Models written by PyTorch's exporter, against PyTorch's outputs.</summary>
public sealed class PytorchExportTests
{
    private const double Tolerance = 1e-5;
    private const string Folder = "conformance/pytorch-export/";

    [Theory]
    [InlineData("00_gru_i3_h5_l1_op11", 1)]
    [InlineData("01_gru_i8_h16_l1_bf_out8_op14", 0)]
    [InlineData("02_gru_i4_h12_l2_out3_op17", 1)]
    [InlineData("03_gru_i2_h6_l1_nobias_op14", 1)]
    [InlineData("04_lstm_i3_h5_l1_op11", 1)]
    [InlineData("05_lstm_i8_h16_l1_bf_out8_op14", 0)]
    [InlineData("06_lstm_i6_h20_l2_out2_op17", 1)]
    [InlineData("07_lstm_i2_h7_l1_nobias_out1_op14", 1)]
    [InlineData("08_rnn_tanh_i4_h10_l1_op14", 1)]
    [InlineData("09_rnn_relu_i4_h10_l1_bf_out2_op14", 0)]
    public void Exported_model_gives_the_outputs_of_pytorch(string name, int batchAxis)
    {
        RecurrentGraph graph = Import(name);
        Assert.Equal(batchAxis, graph.BatchAxis);
        Assert.StartsWith("pytorch 1.13", graph.Metadata["producer"], StringComparison.Ordinal);
        CheckOutputs(name, graph);
    }

    [Theory]
    [InlineData("step_gru_i4_h12_l1_out2", "state h -> h_next (h of rnn/GRU)")]
    [InlineData("step_lstm_i4_h12_l1_out2", "state h -> h_next (h of rnn/LSTM);state c -> c_next (c of rnn/LSTM)")]
    public void Step_model_keeps_its_states_inside(string name, string notes)
    {
        RecurrentGraph graph = Import(name);
        Assert.Equal(notes.Split(';'), graph.Notes);
        CheckOutputs(name, graph);
        CheckFinalState(name, graph);
    }

    [Theory]
    [InlineData("10_gru_i5_h8_l1_bi_op14", "GRU '/rnn/GRU'")]
    [InlineData("11_lstm_i5_h8_l1_bi_op14", "LSTM '/rnn/LSTM'")]
    public void Bidirectional_layer_is_refused_by_name(string name, string node)
    {
        ConversionException error = Assert.Throws<ConversionException>(() => Import(name));
        Assert.StartsWith(node + ": direction 'bidirectional' reads the sequence from its end", error.Message, StringComparison.Ordinal);
    }

    private static RecurrentGraph Import(string name) =>
        OnnxImporter.Import(SharedData.Path(Folder + name + "/model.onnx"), new ImportOptions());

    private static void CheckOutputs(string name, RecurrentGraph graph)
    {
        float[] x = NpyFile.Read(SharedData.Path(Folder + name + "/x.npy")).Data;
        float[] y = NpyFile.Read(SharedData.Path(Folder + name + "/y.npy")).Data;
        Agreement.Within(Tolerance, y, new StreamRunner(graph).RunFlat(x));
        double[]?[] oracle = GraphReference.Run(graph, x.Chunk(graph.Main.InputSize));
        Agreement.Within(Tolerance, y, [.. oracle.SelectMany(row => row!).Select(value => (float)value)]);
    }

    private static void CheckFinalState(string name, RecurrentGraph graph)
    {
        float[] x = NpyFile.Read(SharedData.Path(Folder + name + "/x.npy")).Data;
        float[] expected = NpyFile.Read(SharedData.Path(Folder + name + "/final_state.npy")).Data;
        GraphReference reference = new(graph);
        foreach (float[] row in x.Chunk(graph.Main.InputSize)) reference.Step(row);
        GraphNode cell = graph.Main.Nodes[0];
        double[] state = cell is LstmNode ? [.. reference.Hidden(cell), .. reference.Cell(cell)] : reference.Hidden(cell);
        Agreement.Within(Tolerance, expected, [.. state.Select(value => (float)value)]);
    }
}

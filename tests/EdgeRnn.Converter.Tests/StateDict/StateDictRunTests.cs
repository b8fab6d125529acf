using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Converter.Tests.Containers;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.StateDict;

/// <summary>State_dicts through importer, writer and runtime, against what PyTorch answered.</summary>
public class StateDictRunTests
{
    /// <summary>The float path and PyTorch differ in the order of sums and in the last bit of exp and tanh.</summary>
    private const double _tolerance = 1e-5;

    private static RecurrentGraph Import(string path, string? arch = null) => ModelImporter.Import(path, new ImportOptions { ArchPath = arch });

    [Theory]
    [InlineData("gru_linear", ".pt")]
    [InlineData("gru_linear", "_checkpoint.pt")]
    [InlineData("gru_linear", ".safetensors")]
    [InlineData("lstm_projection", ".pt")]
    [InlineData("cells", ".pt")]
    [InlineData("conv_lstm", ".pt")]
    [InlineData("embedding_gru", ".pt")]
    public void Inferred_models_answer_as_pytorch_does(string name, string ending)
    {
        NamedTensors known = Vectors.Tensors(name + ".json");
        StreamRunner runner = new(Import(Vectors.Path(name + ending)));
        Agreement.Within(_tolerance, known["y"].Data, runner.RunFlat(known["x"].Data));
    }

    public static TheoryData<string> ExportedCases => new(
        "00_gru_i3_h5_l1_op11", "01_gru_i8_h16_l1_bf_out8_op14", "02_gru_i4_h12_l2_out3_op17", "03_gru_i2_h6_l1_nobias_op14",
        "04_lstm_i3_h5_l1_op11", "05_lstm_i8_h16_l1_bf_out8_op14", "06_lstm_i6_h20_l2_out2_op17", "07_lstm_i2_h7_l1_nobias_out1_op14",
        "08_rnn_tanh_i4_h10_l1_op14", "09_rnn_relu_i4_h10_l1_bf_out2_op14", "step_gru_i4_h12_l1_out2", "step_lstm_i4_h12_l1_out2");

    [Theory]
    [MemberData(nameof(ExportedCases))]
    public void Models_of_the_exporter_answer_as_pytorch_does(string name)
    {
        string folder = SharedData.Path($"conformance/pytorch-export/{name}");
        // Nothing in a state_dict tells relu from tanh.
        string? arch = name.Contains("relu", StringComparison.Ordinal) ? Vectors.Path("rnn-relu.arch.json") : null;
        RecurrentGraph graph = Import(Path.Combine(folder, "state_dict.pt"), arch);
        Tensor x = NpyFile.Read(Path.Combine(folder, "x.npy")), y = NpyFile.Read(Path.Combine(folder, "y.npy"));
        List<float> answers = [];
        foreach (float[] sequence in Sequences(x, graph.Main.InputSize, name)) answers.AddRange(new StreamRunner(graph).RunFlat(sequence));
        Agreement.Within(_tolerance, InSequences(y, graph.Main.OutputSize, name), answers);
    }

    [Theory]
    [InlineData("10_gru_i5_h8_l1_bi_op14")]
    [InlineData("11_lstm_i5_h8_l1_bi_op14")]
    public void Bidirectional_models_are_refused_by_name(string name)
    {
        string path = Path.Combine(SharedData.Path($"conformance/pytorch-export/{name}"), "state_dict.pt");
        string message = Assert.Throws<ConversionException>(() => Import(path)).Message;
        Assert.Equal($"{SourceText.Show(path)}: rnn: a bidirectional layer (rnn.weight_ih_l0_reverse); its backward half needs the end of the stream " +
            "first, so it cannot run step by step; train it with bidirectional=False", message);
    }

    [Theory]
    [InlineData("gru")]
    [InlineData("lstm")]
    public void Torch_named_json_of_others_needs_no_arch_file(string cell)
    {
        RecurrentGraph graph = Import(SharedData.Path($"conformance/rtneural/{cell}_torch.json"));
        Assert.Equal(5, graph.Main.Nodes.Count);
        Agreement.Within(_tolerance, Column($"{cell}_torch_y.csv"), new StreamRunner(graph).RunFlat(Column($"{cell}_torch_x.csv")));
    }

    [Theory]
    [InlineData("gru")]
    [InlineData("lstm")]
    public void Detectors_trained_on_skab_forecast_what_the_notebook_forecast(string cell)
    {
        (double Error, string Name) worst = (0, "");
        foreach (string path in Directory.GetFiles(SharedData.Path($"models/skab-{cell}16"), "*.pt"))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            float[] expected = NpyFile.Read(Path.ChangeExtension(path, null) + "_predictions.npy").Data;
            float[] rows = SkabDetectorTests.Standardised(SkabDetectorTests.Recording(name), Path.ChangeExtension(path, ".json"));
            double error = Agreement.MaxError(expected, new StreamRunner(Import(path)).RunFlat(rows));
            if (error >= worst.Error) worst = (error, name);
        }
        Assert.NotEmpty(worst.Name);
        Assert.True(worst.Error <= _tolerance, $"{worst.Name}: largest difference {worst.Error:g4}, tolerance {_tolerance:g4}");
    }

    /// <summary>A batch of b is b sequences: [steps, batch, features], or [batch, steps, features] where the name says bf.</summary>
    private static IEnumerable<float[]> Sequences(Tensor tensor, int features, string name)
    {
        (int steps, int batch, bool batchFirst) = tensor.Rank == 2 ? (tensor.Shape[0], 1, false)
            : name.Contains("_bf_", StringComparison.Ordinal) ? (tensor.Shape[1], tensor.Shape[0], true)
            : (tensor.Shape[0], tensor.Shape[1], false);
        for (int member = 0; member < batch; member++)
        {
            float[] sequence = new float[steps * features];
            for (int step = 0; step < steps; step++)
            {
                int row = batchFirst ? member * steps + step : step * batch + member;
                Array.Copy(tensor.Data, row * features, sequence, step * features, features);
            }
            yield return sequence;
        }
    }

    private static float[] InSequences(Tensor tensor, int features, string name) => [.. Sequences(tensor, features, name).SelectMany(row => row)];

    private static float[] Column(string file) => [.. File.ReadLines(SharedData.Path($"conformance/rtneural/{file}"))
        .Where(line => line.Length > 0).Select(line => float.Parse(line, CultureInfo.InvariantCulture))];
}

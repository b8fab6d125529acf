using System;
using System.IO;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Onnx;

/// <summary>The official ONNX node tests for RNN, LSTM and GRU, at ONNX's own tolerance.</summary>
public sealed class NodeTests
{
    private const double Absolute = 1e-7, Relative = 1e-3;

    public static TheoryData<string> Names =>
    [
        "test_gru_defaults", "test_gru_seq_length", "test_gru_with_initial_bias",
        "test_lstm_defaults", "test_lstm_with_initial_bias", "test_lstm_with_peepholes",
        "test_rnn_seq_length", "test_simple_rnn_defaults", "test_simple_rnn_with_initial_bias",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Node_test_passes(string name) =>
        NodeCase.Read(SharedData.Path("conformance/onnx-node/" + name)).CheckAgainst(Absolute, Relative);

    [Theory]
    [MemberData(nameof(Names))]
    public void Node_test_of_the_system_package_passes(string name) => NodeCase.Read(SystemCase(name)).CheckAgainst(Absolute, Relative);

    [Theory]
    [InlineData("test_gru_batchwise", "GRU")]
    [InlineData("test_lstm_batchwise", "LSTM")]
    [InlineData("test_simple_rnn_batchwise", "RNN")]
    public void Batchwise_layout_is_refused_by_name(string name, string layer)
    {
        ConversionException error = Assert.Throws<ConversionException>(() => NodeCase.Read(SystemCase(name)));
        Assert.Contains(layer, error.Message, StringComparison.Ordinal);
        Assert.Contains("layout = 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recurrent_nodes_of_the_system_package_are_all_known()
    {
        foreach (string folder in Directory.EnumerateDirectories(Path.GetDirectoryName(SystemCase("test_gru_defaults"))!))
        {
            string name = Path.GetFileName(folder);
            bool isRecurrent = name.StartsWith("test_gru_", StringComparison.Ordinal) || name.StartsWith("test_lstm_", StringComparison.Ordinal)
                || name.StartsWith("test_rnn_", StringComparison.Ordinal) || name.StartsWith("test_simple_rnn_", StringComparison.Ordinal);
            if (isRecurrent && !name.EndsWith("_batchwise", StringComparison.Ordinal)) Assert.Contains(Names, row => row.Data == name);
        }
    }

    private static string SystemCase(string name)
    {
        string folder = Path.Combine("/usr/share/libonnx-testdata/data/node", name);
        Assert.SkipUnless(Directory.Exists(folder), "Debian's libonnx-testdata is not installed");
        return folder;
    }
}

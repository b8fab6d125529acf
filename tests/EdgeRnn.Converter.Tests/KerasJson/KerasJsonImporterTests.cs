using System;
using System.IO;
using System.Text.Json.Nodes;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.KerasJson;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>Layers of RTNeural's format that its reference models do not show, and files with one thing wrong.</summary>
public sealed class KerasJsonImporterTests
{
    internal const string Valid = """
        {
          "in_shape": [null, null, 1],
          "layers": [
            {"type": "lstm", "activation": "", "shape": [null, null, 2],
             "weights": [[[1, 2, 3, 4, 5, 6, 7, 8]], [[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 8]], [1, 2, 3, 4, 5, 6, 7, 8]]},
            {"type": "dense", "activation": "tanh", "shape": [null, null, 1], "weights": [[[1], [2]], [3]]}
          ]
        }
        """;

    [Fact]
    public void The_file_without_a_mistake_imports()
    {
        RecurrentGraph graph = Import(Valid);
        Assert.Equal((1, 1, 0), (graph.Main.InputSize, graph.Main.OutputSize, graph.BatchAxis));
        Assert.Equal("lstm0: the file names no activation; tanh is used, as RTNeural does", Assert.Single(graph.Notes));
    }

    [Theory]
    [InlineData("$.in_shape", "[null, null, 3]", "$.layers[0].weights[0]: lstm0: expected [3, 8], found [1, 8]")]
    [InlineData("$.in_shape", "[null, null, null]", "$.in_shape: the last size, the features per step, has to be known")]
    [InlineData("$.in_shape", "[null, 10, 10, 1]", "$.in_shape: expected [batch, steps, features] or [batch, features], found 4 axes")]
    [InlineData("$.layers[0].shape", "[null, null, 16]", "$.layers[0].weights[0]: lstm0: expected [1, 64], found [1, 8]")]
    [InlineData("$.layers[1].shape", "[null, null, 4]", "$.layers[1]: its shape says 4 features, its weights make 1")]
    [InlineData("$.layers[1].weights[1]", "[1, 2]", "$.layers[1].weights[1]: dense1: expected [1], found [2]")]
    [InlineData("$.layers[1].weights", "[]", "$.layers[1]: dense1: expected 1 or 2 weight arrays (kernel, bias), found 0")]
    [InlineData("$.layers[1].weights[0]", "[[1], [\"x\"]]", "$.layers[1].weights[0]: element 1 is not a number")]
    [InlineData("$.layers[1].type", "\"conv2d\"", "$.layers[1].type: layer type 'conv2d' is not supported in this format; expected one of dense")]
    [InlineData("$.layers[1].type", "\"unknown\"", "layer type 'unknown' is not supported")]
    [InlineData("$.layers[1].activation", "\"hard_sigmoid\"", "$.layers[1].activation: activation 'hard_sigmoid' is not supported in this format; describe the model with --arch")]
    [InlineData("$.layers[0].activation", "\"softmax\"", "$.layers[0].activation: softmax is not supported inside a recurrent cell")]
    [InlineData("$.layers[0].go_backwards", "true", "$.layers[0]: unknown key 'go_backwards'")]
    [InlineData("$.in_skip", "1", "$: unknown key 'in_skip'")]
    [InlineData("$.layers", null, "$: the key 'layers' is missing")]
    public void One_mistake_is_refused_with_its_place(string path, string? replacement, string expected)
    {
        JsonNode model = JsonNode.Parse(Valid)!;
        JsonEdit.Put(model, path, replacement);
        string message = Assert.Throws<ConversionException>(() => Import(model.ToJsonString())).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void An_architecture_without_weights_is_refused_with_what_to_do()
    {
        string message = Assert.Throws<ConversionException>(() => Import("""
            {"class_name": "Sequential", "config": {"name": "sequential", "layers": []}, "keras_version": "2.9.0", "backend": "tensorflow"}
            """)).Message;
        Assert.Contains("architecture without weights (model.to_json()); save the whole model with model.save(", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[[1, 2, 3], [4, 5, 6]]", null, true)]
    [InlineData("[1, 2, 3]", null, false)]
    [InlineData(null, "true", true)]
    [InlineData(null, "false", false)]
    public void The_bias_of_a_gru_tells_its_reset_mode_or_the_file_says_it(string? bias, string? resetAfter, bool expected)
    {
        GruNode gru = Assert.IsType<GruNode>(Import(GruFile(bias, resetAfter)).Main.Nodes[0]);
        Assert.Equal(expected, gru.ResetAfter);
        if (bias != null) Assert.Equal(expected ? [5, 7, 3, 6] : [1, 2, 3], gru.Bias.Data);
    }

    [Theory]
    [InlineData(null, null, "does not show where its reset gate stands")]
    [InlineData("[1, 2, 3]", "true", "reset_after does not go with a bias [3]")]
    public void A_gru_whose_reset_mode_is_unclear_is_refused(string? bias, string? resetAfter, string expected) =>
        Assert.Contains(expected, Assert.Throws<ConversionException>(() => Import(GruFile(bias, resetAfter))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_causal_dilated_convolution_sees_zeros_before_the_first_step()
    {
        float[] answers = Run("[null, null, 1]", "[null, null, 1]", """
            "type": "conv1d", "kernel_size": [2], "dilation": [2], "groups": 1, "weights": [[[[10]], [[1]]], [0.5]]
            """, [1, 2, 3, 4]);
        Assert.Equal([1.5f, 2.5f, 13.5f, 24.5f], answers);
    }

    [Fact]
    public void A_convolution_that_shortens_the_sequence_answers_when_its_kernel_is_full()
    {
        float[] answers = Run("[null, 5, 1]", "[null, 4, 1]", """
            "type": "conv1d", "kernel_size": [2], "dilation": [1], "weights": [[[[10]], [[1]]]]
            """, [1, 2, 3, 4]);
        Assert.Equal([12f, 23f, 34f], answers);
    }

    [Fact]
    public void Batch_normalisation_is_exact_where_gamma_is_tiny()
    {
        float[] answers = Run("[null, null, 2]", "[null, null, 2]", """
            "type": "batchnorm", "epsilon": 0.5, "weights": [[4, 1e-30], [1, 7], [3, 2], [3.5, 0.5]]
            """, [5, 9]);
        Assert.Equal([4f / 2 * (5 - 3) + 1, 7f], answers);
        Assert.Equal([1f, 7f], Run("[null, null, 2]", "[null, null, 2]", """
            "type": "batchnorm", "epsilon": 0.5, "weights": [[3, 2], [3.5, 0.5]]
            """, [5, 9]));
    }

    [Fact]
    public void Parametric_relu_has_a_slope_per_feature()
    {
        const string Layer = "\"type\": \"prelu\", \"activation\": \"\", \"weights\": [[[0.5, -0.25, 0]]]";
        Assert.Equal([-1f, 0.5f, 0f, 2f, 2f, 2f], Run("[null, null, 3]", "[null, null, 3]", Layer, [-2, -2, -2, 2, 2, 2]));
    }

    [Fact]
    public void Parametric_relu_with_one_slope_is_one_node()
    {
        RecurrentGraph graph = Import(File("[null, null, 3]", "[null, null, 3]", "\"type\": \"prelu\", \"weights\": [[[0.5]]]"));
        Assert.Equal(new Activation(ActivationKind.LeakyRelu, 0.5f), Assert.IsType<ActivationNode>(Assert.Single(graph.Main.Nodes)).Activation);
    }

    [Fact]
    public void Softmax_behind_a_convolution_is_a_node_of_its_own()
    {
        float[] answers = Run("[null, null, 1]", "[null, null, 2]", """
            "type": "conv1d", "activation": "softmax", "kernel_size": [1], "dilation": [1], "weights": [[[[1, 1]]]]
            """, [3]);
        Assert.Equal([0.5f, 0.5f], answers);
    }

    private static string GruFile(string? bias, string? resetAfter) => File("[null, null, 1]", "[null, null, 1]",
        $"\"type\": \"gru\", \"activation\": \"tanh\", \"weights\": [[[1, 2, 3]], [[1, 2, 3]]{(bias == null ? "" : ", " + bias)}]" +
        (resetAfter == null ? "" : $", \"reset_after\": {resetAfter}"));

    private static string File(string inShape, string shape, string layer) =>
        $$"""{"in_shape": {{inShape}}, "layers": [{"shape": {{shape}}, {{layer}}}]}""";

    private static float[] Run(string inShape, string shape, string layer, float[] rows) =>
        new StreamRunner(Import(File(inShape, shape, layer))).RunFlat(rows);

    private static RecurrentGraph Import(string text)
    {
        string path = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllText(path, text);
            return KerasJsonImporter.Import(path, new ImportOptions());
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }
}

using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>What an ARCH file says arrives in the graph.</summary>
public sealed class ArchImportTests
{
    [Fact]
    public void Operations_on_a_tensor_apply_in_their_fixed_order()
    {
        using ArchFixture fixture = new ArchFixture().With("flat", 40);
        DenseNode dense = Layer<DenseNode>(fixture, 3, """
            "kind": "dense", "weights": {"scale": 2, "transpose": true, "columns": {"offset": 1, "size": 2}, "rows": {"offset": 1, "size": 3},
              "flat": {"offset": 4, "shape": [5, 4]}, "tensor": "flat"}
            """);
        Assert.Equal([2, 3], dense.Weights.Shape);
        float[] flat = fixture.Tensors["flat"].Data;
        for (int row = 0; row < 2; row++)
        {
            for (int column = 0; column < 3; column++)
                Assert.Equal(2 * flat[4 + (1 + column) * 4 + 1 + row], dense.Weights.Data[row * 3 + column]);
        }
    }

    [Fact]
    public void Concat_joins_rows_and_fill_makes_constants()
    {
        using ArchFixture fixture = new ArchFixture().With("a", 1, 2).With("b", 2, 2);
        DenseNode dense = Layer<DenseNode>(fixture, 2, """
            "kind": "dense", "weights": {"concat": ["a", "b", [[7, 8]]]}, "bias": {"concat": [{"fill": 1, "shape": [3]}, [2]]}
            """);
        Assert.Equal([.. fixture.Tensors["a"].Data, .. fixture.Tensors["b"].Data, 7, 8], dense.Weights.Data);
        Assert.Equal([1, 1, 1, 2], dense.Bias!.Data);
    }

    [Theory]
    [InlineData("ifgo", "pytorch")]
    [InlineData("ifgo", "keras")]
    [InlineData("iofg", "onnx")]
    [InlineData("igfo", "tf1")]
    public void Lstm_layouts_are_the_letters_they_stand_for(string letters, string layout)
    {
        using ArchFixture fixture = new ArchFixture().With("w", 8, 3).With("u", 8, 2).With("b", 8);
        const string Tensors = "\"inputWeights\": \"w\", \"recurrentWeights\": \"u\", \"bias\": \"b\"";
        LstmNode named = Layer<LstmNode>(fixture, 3, $"\"kind\": \"lstm\", \"gateOrder\": \"{layout}\", {Tensors}");
        LstmNode spelled = Layer<LstmNode>(fixture, 3, $"\"kind\": \"lstm\", \"gateOrder\": \"{letters}\", {Tensors}");
        Assert.Equal(spelled.InputWeights.Data, named.InputWeights.Data);
        Assert.Equal(CellBuilder.Reorder(fixture.Tensors["b"], letters, "ifgo").Data, named.Bias.Data);
    }

    [Fact]
    public void A_coupled_gate_leaves_its_rows_out_whether_they_are_stored_or_not()
    {
        using ArchFixture fixture = new ArchFixture().With("w", 8, 3).With("u", 8, 2).With("b", 8);
        LstmNode stored = Layer<LstmNode>(fixture, 3, """
            "kind": "lstm", "gateOrder": "onnx", "coupling": "forgetFromInput", "inputWeights": "w", "recurrentWeights": "u", "bias": "b"
            """);
        LstmNode absent = Layer<LstmNode>(fixture, 3, """
            "kind": "lstm", "gateOrder": "iog",
            "inputWeights": {"concat": [{"tensor": "w", "rows": {"offset": 0, "size": 4}}, {"tensor": "w", "rows": {"offset": 6, "size": 2}}]},
            "recurrentWeights": {"concat": [{"tensor": "u", "rows": {"offset": 0, "size": 4}}, {"tensor": "u", "rows": {"offset": 6, "size": 2}}]},
            "bias": {"concat": [{"tensor": "b", "rows": {"offset": 0, "size": 4}}, {"tensor": "b", "rows": {"offset": 6, "size": 2}}]}
            """);
        Assert.Equal(GateCoupling.ForgetFromInput, stored.Coupling);
        Assert.Equal(GateCoupling.ForgetFromInput, absent.Coupling);
        Assert.Equal(absent.InputWeights.Data, stored.InputWeights.Data);
        Assert.Equal(absent.RecurrentWeights.Data, stored.RecurrentWeights.Data);
        Assert.Equal(absent.Bias.Data, stored.Bias.Data);
    }

    [Fact]
    public void Everything_an_lstm_can_have_arrives()
    {
        using ArchFixture fixture = new ArchFixture().With("w", 16, 3).With("u", 16, 2).With("b", 16).With("p", 12).With("proj", 2, 4)
            .With("pb", 2).With("h", 2).With("c", 1, 4);
        LstmNode lstm = Layer<LstmNode>(fixture, 3, """
            "kind": "lstm", "gateOrder": "onnx", "inputWeights": "w", "recurrentWeights": "u", "inputBias": "b", "recurrentBias": "b",
            "peepholes": "p", "peepholeOrder": "iof", "projection": "proj", "projectionBias": "pb", "initialHidden": "h", "initialCell": "c",
            "gateActivation": {"name": "hardSigmoid", "alpha": 0.2, "beta": 0.5}, "cellActivation": "relu", "outputActivation": "softsign",
            "preActivationClip": 3.5
            """);
        Assert.Equal((4, 2), (lstm.CellSize, lstm.OutputSize));
        Assert.Equal(CellBuilder.Reorder(fixture.Tensors["p"], "iof", "ifo").Data, lstm.Peepholes!.Data);
        Assert.Equal(fixture.Tensors["b"].Data[0] * 2, lstm.Bias.Data[0]);
        Assert.Equal(fixture.Tensors["proj"].Data, lstm.Projection!.Data);
        Assert.Equal(fixture.Tensors["pb"].Data, lstm.ProjectionBias!.Data);
        Assert.Equal(fixture.Tensors["h"].Data, lstm.InitialHidden!.Data);
        Assert.Equal([4], lstm.InitialCell!.Shape);
        Assert.Equal(new Activation(ActivationKind.HardSigmoid, 0.2f, 0.5f), lstm.GateActivation);
        Assert.Equal((ActivationKind.Relu, ActivationKind.Softsign), (lstm.CellActivation.Kind, lstm.OutputActivation.Kind));
        Assert.Equal(3.5f, lstm.PreActivationClip);
        Assert.Single(new StreamRunner(Graph(lstm, 3)).Run(new float[3]));
    }

    [Fact]
    public void The_three_layouts_of_a_convolution_are_one_kernel()
    {
        using ArchFixture fixture = new ArchFixture().With("flat", 4 * 6);
        const int Outputs = 4, Kernel = 3, Channels = 2;
        float[] flat = fixture.Tensors["flat"].Data;
        ConvNode flattened = Layer<ConvNode>(fixture, 2, """
            "kind": "conv1d", "layout": "flattened", "padding": "valid", "weights": {"tensor": "flat", "reshape": [4, 6]}
            """);
        ConvNode keras = Layer<ConvNode>(fixture, 2, """
            "kind": "conv1d", "layout": "keras", "padding": "causal", "dilation": 2, "stride": 3,
            "weights": {"tensor": "flat", "reshape": [3, 2, 4]}
            """);
        Assert.Equal([Outputs, Channels, Kernel], flattened.Weights.Shape);
        Assert.Equal([Outputs, Channels, Kernel], keras.Weights.Shape);
        for (int output = 0; output < Outputs; output++)
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                for (int k = 0; k < Kernel; k++)
                {
                    int at = (output * Channels + channel) * Kernel + k;
                    Assert.Equal(flat[output * 6 + k * Channels + channel], flattened.Weights.Data[at]);
                    Assert.Equal(flat[(k * Channels + channel) * Outputs + output], keras.Weights.Data[at]);
                }
            }
        }
        Assert.False(flattened.PaddedStart);
        Assert.Equal((true, 2, 3), (keras.PaddedStart, keras.Dilation, keras.Stride));
    }

    [Fact]
    public void A_grouped_convolution_reads_its_share_of_the_channels()
    {
        using ArchFixture fixture = new ArchFixture().With("c", 4, 1, 3);
        ConvNode conv = Layer<ConvNode>(fixture, 2, "\"kind\": \"conv1d\", \"layout\": \"pytorch\", \"padding\": \"causal\", \"groups\": 2, \"weights\": \"c\"");
        Assert.Equal(2, conv.Groups);
        Assert.Equal(fixture.Tensors["c"].Data, conv.Weights.Data);
    }

    [Fact]
    public void Wiring_slices_and_concatenates()
    {
        using ArchFixture fixture = new ArchFixture().With("w", 4, 3);
        RecurrentGraph graph = fixture.Import("""
            {"version": 1, "inputSize": 3, "batchAxis": 0, "metadata": {"origin": "here"},
             "layers": [{"name": "a", "kind": "dense", "weights": "w"},
                        {"name": "b", "kind": "activation", "activation": "relu", "inputs": ["input", {"from": "a", "offset": 1, "size": 2}]}],
             "outputs": ["b", {"from": "input", "offset": 2, "size": 1}]}
            """);
        Assert.Equal([new Segment(0, 0, 3), new Segment(1, 1, 2)], graph.Main.Nodes[1].Inputs);
        Assert.Equal([new Segment(2, 0, 5), new Segment(0, 2, 1)], graph.Main.Outputs);
        Assert.Equal((0, "here", "test.arch"), (graph.BatchAxis, graph.Metadata["origin"], graph.Name));
        Assert.Empty(graph.Notes);
    }

    [Fact]
    public void Window_and_decoder_arrive()
    {
        using ArchFixture fixture = new ArchFixture().With("w", 12, 3).With("u", 12, 3);
        const string Cell = "\"kind\": \"lstm\", \"gateOrder\": \"pytorch\", \"inputWeights\": \"w\", \"recurrentWeights\": \"u\"";
        RecurrentGraph graph = fixture.Import($$"""
            {"version": 1, "inputSize": 3, "layers": [{"name": "enc", {{Cell}}}], "outputs": "enc",
             "window": {"length": 6, "hop": 3, "answer": "decoder"},
             "decoder": {"steps": 6, "stepsPerTick": 2, "feedback": "autoregressive", "handOver": {"from": "enc", "offset": 0, "size": 3},
               "reversedTarget": true, "layers": [{"name": "dec", {{Cell}}}], "outputs": "dec",
               "stateLinks": [{"from": "enc", "to": "dec"}, {"from": "enc", "fromState": "hidden", "to": "dec", "toState": "cell"}]} }
            """);
        WindowPlan plan = graph.Window!;
        Assert.Equal((6, 3, WindowAnswer.Decoder, 6, 2), (plan.WindowLength, plan.Hop, plan.Answer, plan.DecoderSteps, plan.DecoderStepsPerTick));
        Assert.Equal((DecoderFeedback.Autoregressive, true, false), (plan.Feedback, plan.ReversedTarget, plan.ReversedInput));
        Assert.Equal([new Segment(1, 0, 3)], plan.DecoderInput);
        Assert.Equal([(StatePart.Hidden, StatePart.Hidden), (StatePart.Cell, StatePart.Cell), (StatePart.Hidden, StatePart.Cell)],
            plan.StateLinks.Select(link => (link.MainPart, link.DecoderPart)));
        IReadOnlyList<float[]> answers = new StreamRunner(graph).Run(new float[3 * 12]);
        Assert.All(answers, answer => Assert.Equal(18, answer.Length));
    }

    [Theory]
    [InlineData("linear", ActivationKind.Linear)]
    [InlineData("relu", ActivationKind.Relu)]
    [InlineData("sigmoid", ActivationKind.Sigmoid)]
    [InlineData("tanh", ActivationKind.Tanh)]
    [InlineData("softmax", ActivationKind.Softmax)]
    [InlineData("softsign", ActivationKind.Softsign)]
    [InlineData("softplus", ActivationKind.Softplus)]
    [InlineData("leakyRelu", ActivationKind.LeakyRelu, 1)]
    [InlineData("thresholdedRelu", ActivationKind.ThresholdedRelu, 1)]
    [InlineData("elu", ActivationKind.Elu, 1)]
    [InlineData("hardSigmoid", ActivationKind.HardSigmoid, 2)]
    [InlineData("affine", ActivationKind.Affine, 2)]
    [InlineData("scaledTanh", ActivationKind.ScaledTanh, 2)]
    [InlineData("clip", ActivationKind.Clip, 2)]
    public void Every_activation_has_a_name(string name, ActivationKind kind, int parameters = 0)
    {
        using ArchFixture fixture = new();
        string beta = parameters == 2 ? ", \"beta\": 0.75" : "";
        string activation = parameters == 0 ? $"\"{name}\"" : $"{{\"name\": \"{name}\", \"alpha\": 0.25{beta}}}";
        ActivationNode node = Layer<ActivationNode>(fixture, 2, $"\"kind\": \"activation\", \"activation\": {activation}");
        Assert.Equal(new Activation(kind, parameters > 0 ? 0.25f : 0, parameters == 2 ? 0.75f : 0), node.Activation);
    }

    [Fact]
    public void Tensors_no_layer_uses_are_a_note()
    {
        using ArchFixture fixture = new ArchFixture().With("w", 2, 2).With("optimizer.step", 1);
        RecurrentGraph graph = fixture.Import("""
            {"version": 1, "inputSize": 2, "layers": [{"name": "a", "kind": "dense", "weights": "w"}], "outputs": "a"}
            """);
        Assert.Equal("weights.json has 1 tensor that test.arch.json does not use: optimizer.step", Assert.Single(graph.Notes));
    }

    private static T Layer<T>(ArchFixture fixture, int inputSize, string body) where T : GraphNode => Assert.IsType<T>(fixture.Import(
        $$"""{"version": 1, "inputSize": {{inputSize}}, "layers": [{"name": "layer", {{body}}}], "outputs": "layer"}""").Main.Nodes[0]);

    private static RecurrentGraph Graph(GraphNode node, int inputSize) => new()
    {
        Name = "test",
        Main = new Subgraph { InputSize = inputSize, Nodes = [node], Outputs = [new Segment(1, 0, node.OutputSize)] },
    };
}

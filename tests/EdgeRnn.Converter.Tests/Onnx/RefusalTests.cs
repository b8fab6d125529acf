using System;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Onnx.Proto;

namespace EdgeRnn.Converter.Tests.Onnx;

/// <summary>Each test has a model that is imported and the same model with one thing that cannot run step by step.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void The_model_these_tests_start_from_is_imported()
    {
        RecurrentGraph graph = OnnxModelBuilder.Gru().Output("Y").Import();
        GruNode gru = Assert.IsType<GruNode>(Assert.Single(graph.Main.Nodes));
        Assert.Equal("gru", gru.Name);
    }

    [Theory]
    [InlineData("reverse", "GRU 'gru': direction 'reverse' reads the sequence from its end, which a stream does not have; only forward layers can run step by step")]
    [InlineData("bidirectional", "GRU 'gru': direction 'bidirectional' reads the sequence from its end, which a stream does not have; only forward layers can run step by step")]
    [InlineData("sideways", "GRU 'gru': direction 'sideways' is not known, expected forward")]
    public void Direction_other_than_forward_is_refused(string direction, string message) =>
        Assert.Equal(message, OnnxModelBuilder.Gru(change: OnnxModelBuilder.Text("direction", direction)).Output("Y").Refusal());

    [Fact]
    public void Batch_first_layout_is_refused() => Assert.Equal(
        "GRU 'gru': layout = 1 (batch first) is not supported; export it with layout = 0",
        OnnxModelBuilder.Gru(change: OnnxModelBuilder.Int("layout", 1)).Output("Y").Refusal());

    [Fact]
    public void Attribute_nobody_knows_is_refused() => Assert.Equal(
        "GRU 'gru': attribute 'zoneout' is not known; export the model with operator set 7 to 23",
        OnnxModelBuilder.Gru(change: OnnxModelBuilder.Number("zoneout", 0.1f)).Output("Y").Refusal());

    [Fact]
    public void Activation_nobody_knows_is_refused() => Assert.StartsWith(
        "GRU 'gru': activation 'Gelu' is not known; expected one of Relu, Tanh",
        OnnxModelBuilder.Gru(change: node => node.Attribute.Add(new AttributeProto
        {
            Name = "activations",
            Strings = { Google.Protobuf.ByteString.CopyFromUtf8("Sigmoid"), Google.Protobuf.ByteString.CopyFromUtf8("Gelu") },
        })).Output("Y").Refusal(), StringComparison.Ordinal);

    [Fact]
    public void Hidden_size_that_contradicts_the_weights_is_refused() => Assert.Equal(
        "GRU 'gru': W [6, 3] and R [6, 2] of one direction must have 3 blocks of hidden_size rows; hidden_size is 3",
        OnnxModelBuilder.Gru(change: node => node.Attribute[0].I = 3).Output("Y").Refusal());

    [Fact]
    public void Operator_nobody_knows_is_refused() => Assert.Equal(
        "Erf 'gelu': there is no such layer; the operators supported are listed in converter/ONNX.md",
        OnnxModelBuilder.Gru().Node("Erf", "gelu", ["Y"], ["y"]).Output("y").Refusal());

    [Fact]
    public void Operator_of_another_domain_is_refused() => Assert.Equal(
        "Attention 'a': belongs to 'com.microsoft', only the standard ONNX operators are known; export without extensions",
        OnnxModelBuilder.Gru().Node("Attention", "a", ["Y"], ["y"], node => node.Domain = "com.microsoft").Output("y").Refusal());

    [Fact]
    public void Node_without_a_name_is_named_by_what_it_makes() => Assert.StartsWith(
        "Erf that makes 'y': ", OnnxModelBuilder.Gru().Node("Erf", "", ["Y"], ["y"]).Output("y").Refusal(), StringComparison.Ordinal);

    [Fact]
    public void Unknown_operator_that_no_output_needs_is_no_obstacle() =>
        Assert.Single(OnnxModelBuilder.Gru().Node("Erf", "unused", ["Y"], ["z"]).Output("Y").Import().Main.Nodes);

    [Fact]
    public void Cell_state_as_the_only_output_is_refused()
    {
        OnnxModelBuilder Lstm(string output) => new OnnxModelBuilder().Input("x", 5, 1, 3).Weights("W", 1, 8, 3).Weights("R", 1, 8, 2)
            .Node("LSTM", "lstm", ["x", "W", "R"], ["", "Y_h", "Y_c"]).Output(output);
        Assert.Equal(2, Lstm("Y_h").Import().Main.OutputSize);
        Assert.Equal("output 'Y_c': it is the cell state c of an LSTM, which stays inside its layer; let the model answer h (Y or Y_h)",
            Lstm("Y_c").Refusal());
    }

    [Fact]
    public void Step_of_an_open_sequence_that_is_not_the_last_is_refused()
    {
        OnnxModelBuilder Pick(long index, long steps = 0) => OnnxModelBuilder.Gru(steps: steps).Scalar("index", index)
            .Node("Gather", "pick", ["Y", "index"], ["y"], OnnxModelBuilder.Int("axis", 0)).Output("y");
        Assert.Equal(2, Pick(-1).Import().Main.OutputSize);
        Assert.Equal(2, Pick(4, steps: 5).Import().Main.OutputSize);
        Assert.Equal("Gather 'pick': takes steps 0 to 1 of the sequence; of a stream only all steps or the last one can be taken", Pick(0).Refusal());
    }

    [Fact]
    public void Reversed_sequence_is_refused()
    {
        OnnxModelBuilder Slice(long start, long end, long step) => OnnxModelBuilder.Gru().Integers("start", start).Integers("end", end)
            .Integers("axis", 0).Integers("step", step).Node("Slice", "slice", ["Y", "start", "end", "axis", "step"], ["y"]).Output("y");
        Assert.Equal(2, Slice(0, int.MaxValue, 1).Import().Main.OutputSize);
        Assert.Equal("Slice 'slice': reverses the sequence, which needs the whole of it; only forward layers can run step by step",
            Slice(-1, int.MinValue, -1).Refusal());
    }

    [Fact]
    public void Flatten_over_time_makes_windows_and_is_refused_when_their_length_is_open()
    {
        OnnxModelBuilder Flat(long steps) => OnnxModelBuilder.Gru(steps: steps).Integers("shape", 1, 10).Weights("D", 10, 1)
            .Node("Reshape", "flat", ["Y", "shape"], ["f"]).Node("MatMul", "head", ["f", "D"], ["y"]).Output("y");
        RecurrentGraph graph = Flat(5).Import();
        Assert.Equal(5, graph.Window!.WindowLength);
        Assert.Equal(5, Assert.IsType<ConvNode>(graph.Main.Nodes[1]).Weights.Shape[2]);
        Assert.StartsWith("Reshape 'flat': reshapes axes [Time, Feature, Batch, Feature] to [1, 10]", Flat(0).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Mean_over_an_open_number_of_steps_is_refused() => Assert.Equal(
        "ReduceMean 'mean': needs all steps of the sequence at once and their number is open; take the last step instead, or export the model " +
        "with a fixed number of steps",
        OnnxModelBuilder.Gru(steps: 0).Node("ReduceMean", "mean", ["Y"], ["y"], OnnxModelBuilder.Ints("axes", 0)).Output("y").Refusal());

    [Fact]
    public void Product_of_two_values_of_the_stream_is_refused() => Assert.Equal(
        "MatMul 'scores': multiplies two values of the stream (attention), for which there is no layer",
        OnnxModelBuilder.Gru().Node("MatMul", "scores", ["Y", "Y"], ["y"]).Output("y").Refusal());

    [Fact]
    public void Last_step_and_whole_sequence_together_are_refused() => Assert.Equal(
        "Add 'mix': combines the last step of a sequence with all of its steps, which a stream cannot",
        OnnxModelBuilder.Gru().Node("Add", "mix", ["Y", "Y_h"], ["y"]).Output("y").Refusal());

    [Fact]
    public void Second_layer_over_the_last_step_is_refused() => Assert.StartsWith(
        "RNN 'second': reads the last step of a sequence as a sequence of its own",
        OnnxModelBuilder.Gru().Weights("V", 1, 4, 2).Weights("U", 1, 4, 4)
            .Node("RNN", "second", ["Y_h", "V", "U"], ["y"]).Output("y").Refusal(), StringComparison.Ordinal);

    [Fact]
    public void Encoder_decoder_is_refused_with_the_way_to_describe_it() => Assert.Equal(
        "Expand 'repeat': repeats one vector over all steps (an encoder-decoder); describe such a model with an ARCH.json (converter/ARCH.md)",
        OnnxModelBuilder.Gru().Node("Shape", "shape", ["x"], ["sizes"]).Integers("first", 0).Integers("two", 2).Integers("one", 1)
            .Node("Gather", "steps", ["sizes", "first"], ["steps"]).Node("Concat", "join", ["steps", "one", "two"], ["target"], OnnxModelBuilder.Int("axis", 0))
            .Node("Expand", "repeat", ["Y_h", "target"], ["y"]).Output("y").Refusal());

    [Fact]
    public void Initial_state_that_differs_between_streams_is_refused_with_a_remedy()
    {
        OnnxModelBuilder Model(params float[] rows) => OnnxModelBuilder.Gru(initial: "h").Constant("h", rows, 1, rows.Length / 2, 2).Output("Y");
        Assert.NotNull(Assert.IsType<GruNode>(Model(1, 2, 1, 2).Import().Main.Nodes[0]).InitialHidden);
        Assert.Equal("GRU 'gru': initial_h differs between the 2 rows of the batch; a model has one initial state: convert once per row, " +
            "with a file that holds that row alone", Model(1, 2, 1, 3).Refusal());
    }

    [Fact]
    public void Output_that_depends_on_nothing_is_refused() => Assert.Equal(
        "output 'W': it does not depend on the model's input; remove it from the model", OnnxModelBuilder.Gru().Output("Y", "W").Refusal());

    [Fact]
    public void Value_that_is_read_before_it_is_made_is_refused() => Assert.Equal(
        "Add 'first': reads 'b', which nothing makes before it; export the model again",
        OnnxModelBuilder.Gru().Node("Add", "first", ["Y", "b"], ["a"]).Node("Tanh", "second", ["a"], ["b"]).Output("b").Refusal());
}

using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Tests.Onnx;

/// <summary>Which graph outputs the model answers with, and how small the graph becomes.</summary>
public sealed class OutputTests
{
    [Fact]
    public void Final_states_are_left_out_beside_the_sequence()
    {
        RecurrentGraph graph = OnnxModelBuilder.Gru().Output("Y", "Y_h").Import();
        Assert.Equal(2, graph.Main.OutputSize);
        Assert.Equal(["output Y_h is a final state and is left out; the state is kept inside the model"], graph.Notes);
    }

    [Fact]
    public void Final_state_alone_is_the_answer()
    {
        RecurrentGraph graph = OnnxModelBuilder.Gru().Output("Y_h").Import();
        Assert.Equal([new Segment(1, 0, 2)], graph.Main.Outputs);
        Assert.Empty(graph.Notes);
    }

    [Fact]
    public void Independent_outputs_are_joined_and_their_columns_noted()
    {
        RecurrentGraph graph = OwnModelTests.Import("many_outputs");
        Assert.Equal(5, graph.Main.OutputSize);
        Assert.Contains("the outputs are joined: a in columns 0 to 1, b in columns 2 to 4", graph.Notes);
        Assert.Contains("output hn is a final state and is left out; the state is kept inside the model", graph.Notes);
    }

    [Fact]
    public void Last_step_of_another_output_is_left_out()
    {
        RecurrentGraph graph = OnnxModelBuilder.Gru(steps: 0).Scalar("last", -1)
            .Node("Gather", "pick", ["Y", "last"], ["y"]).Output("y", "Y").Import();
        Assert.Equal(2, graph.Main.OutputSize);
        Assert.Equal(["output y is the last step of Y and is left out"], graph.Notes);
    }

    [Fact]
    public void Several_data_inputs_are_joined_in_order()
    {
        RecurrentGraph graph = new OnnxModelBuilder().Input("a", 5, 1, 1).Input("b", 5, 1, 2).Weights("W", 1, 6, 3).Weights("R", 1, 6, 2)
            .Node("Concat", "join", ["b", "a"], ["x"], OnnxModelBuilder.Int("axis", 2)).Node("GRU", "gru", ["x", "W", "R"], ["Y"]).Output("Y").Import();
        Assert.Equal([new Segment(0, 1, 2), new Segment(0, 0, 1)], graph.Main.Nodes[0].Inputs);
        Assert.Equal(["the inputs are joined in this order: a [5, 1, 1], b [5, 1, 2]"], graph.Notes);
    }

    [Fact]
    public void Bias_scale_and_activation_become_part_of_the_dense_layer()
    {
        RecurrentGraph graph = OnnxModelBuilder.Gru().Constant("D", [1, 2, 3, 4], 2, 2).Constant("b", [10, 20], 2).Constant("s", [2], 1)
            .Node("MatMul", "head", ["Y", "D"], ["p"]).Node("Add", "bias", ["p", "b"], ["q"]).Node("Mul", "scale", ["q", "s"], ["r"])
            .Node("Relu", "relu", ["r"], ["y"]).Output("y").Import();
        Assert.Equal(2, graph.Main.Nodes.Count);
        DenseNode head = Assert.IsType<DenseNode>(graph.Main.Nodes[1]);
        Assert.Equal([2f, 6, 4, 8], head.Weights.Data);
        Assert.Equal([20f, 40], head.Bias!.Data);
        Assert.Equal(ActivationKind.Relu, head.Activation.Kind);
    }

    [Fact]
    public void Layer_that_two_others_read_is_not_folded_away()
    {
        RecurrentGraph graph = OnnxModelBuilder.Gru().Weights("D", 2, 2).Node("MatMul", "head", ["Y", "D"], ["p"])
            .Node("Sigmoid", "gate", ["p"], ["g"]).Node("Mul", "swish", ["p", "g"], ["y"]).Output("y").Import();
        Assert.Equal(4, graph.Main.Nodes.Count);
        Assert.Equal(ActivationKind.Linear, Assert.IsType<DenseNode>(graph.Main.Nodes[1]).Activation.Kind);
    }
}

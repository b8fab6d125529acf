using System;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;

namespace EdgeRnn.Converter.Tests.Onnx;

/// <summary>Models whose states are graph inputs and outputs.</summary>
public sealed class StateTests
{
    [Fact]
    public void Pair_is_found_by_following_the_data()
    {
        RecurrentGraph graph = Step().Output("y", "Y_h").Import();
        Assert.Equal(["state h -> Y_h (h of gru)"], graph.Notes);
        Assert.Equal(2, graph.Main.OutputSize);
    }

    [Fact]
    public void Name_decides_between_two_outputs_that_hold_the_state() => Assert.Contains(
        "state h -> h_out (h of gru)", TwoCopies("h_out", "other").Import().Notes);

    [Fact]
    public void Ambiguous_pair_is_refused_with_the_choices() => Assert.Equal(
        "input 'h': outputs p, q are all the new value of this state; say which one is the state with --state h=p or --state h=q",
        TwoCopies("p", "q").Refusal());

    [Fact]
    public void Given_pair_settles_an_ambiguous_one()
    {
        RecurrentGraph graph = TwoCopies("p", "q").Import(("h", "q"));
        Assert.Contains("state h -> q (h of gru)", graph.Notes);
    }

    [Fact]
    public void Given_pair_that_is_not_the_states_new_value_is_refused() => Assert.Equal(
        "--state h=y: 'y' is not the new value of the state that starts from 'h'; use --state h=Y_h",
        Step().Output("y", "Y_h").Refusal(States("h", "y")));

    [Theory]
    [InlineData("hh", "Y_h", "--state hh: the graph has no such input; it has x, h")]
    [InlineData("h", "Z", "--state h=Z: the graph has no such output; it has y, Y_h")]
    public void Given_pair_with_an_unknown_name_is_refused(string input, string output, string message) =>
        Assert.Equal(message, Step().Output("y", "Y_h").Refusal(States(input, output)));

    [Fact]
    public void State_that_is_changed_between_two_steps_is_refused() => Assert.Equal(
        "input 'h': no output is the new value of this state; output 'z' has its shape but is computed further; let the model hand out Y_h " +
        "(and Y_c) unchanged", Step().Node("Tanh", "decay", ["Y_h"], ["z"]).Output("y", "z").Refusal());

    [Fact]
    public void State_read_by_another_node_is_refused()
    {
        string message = Step().Node("Add", "skip", ["y", "h"], ["z"]).Output("z", "Y_h").Refusal(States("h", "Y_h"));
        Assert.Equal("Add 'skip': reads a state input itself; only RNN, LSTM and GRU nodes can start from a state", message);
    }

    [Fact]
    public void State_of_two_layers_at_once_is_refused()
    {
        OnnxModelBuilder model = Step().Node("GRU", "twin", ["x", "W", "R", "", "", "h"], ["Z", "Z_h"]).Node("Add", "sum", ["Y", "Z"], ["s"]);
        Assert.StartsWith("GRU 'twin': starts from state input 'h' as another layer or state does",
            model.Output("s", "Y_h").Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Cell_written_out_in_operators_is_refused()
    {
        OnnxModelBuilder model = new OnnxModelBuilder().Input("x", 1, 3).Input("h", 1, 2).Weights("W", 3, 2).Weights("U", 2, 2)
            .Node("MatMul", "input", ["x", "W"], ["a"]).Node("MatMul", "recurrent", ["h", "U"], ["b"]).Node("Add", "sum", ["a", "b"], ["c"])
            .Node("Tanh", "tanh", ["c"], ["h_next"]).Node("Sigmoid", "head", ["h_next"], ["y"]).Output("y", "h_next");
        Assert.Equal("input 'h': output 'h_next' has the same shape, so it looks like a state, but its layer is written out in single operators; " +
            "only RNN, LSTM and GRU nodes have states (join inputs that are data into one)", model.Refusal());
        Assert.StartsWith("MatMul 'recurrent': reads a state input itself", model.Refusal(States("h", "h_next")), StringComparison.Ordinal);
    }

    [Fact]
    public void States_alone_leave_h_as_the_answer()
    {
        RecurrentGraph graph = Step().Output("Y_h").Import();
        Assert.Equal(2, graph.Main.OutputSize);
        Assert.Contains("all outputs are states; the model answers Y_h", graph.Notes);
    }

    [Fact]
    public void State_without_an_output_stays_inside() => Assert.Equal(
        ["state h starts at zero and stays inside the model (h of gru); no output follows it"],
        OnnxModelBuilder.Gru(initial: "h").Input("h", 1, 1, 2).Node("Sigmoid", "head", ["Y"], ["y"]).Output("y").Import().Notes);

    // x [1, 1, 3] and h [1, 1, 2] to Y, Y_h and y = sigmoid(Y).
    private static OnnxModelBuilder Step()
    {
        OnnxModelBuilder model = OnnxModelBuilder.Gru(initial: "h").Input("h", 1, 1, 2).Node("Sigmoid", "head", ["Y"], ["y"]);
        model.Model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = 1;
        return model;
    }

    private static OnnxModelBuilder TwoCopies(string first, string second) => Step()
        .Node("Identity", "first", ["Y_h"], [first]).Node("Identity", "second", ["Y_h"], [second]).Output(first, second);

    private static ImportOptions States(string input, string output) =>
        new() { StatePairs = new System.Collections.Generic.Dictionary<string, string> { [input] = output } };
}

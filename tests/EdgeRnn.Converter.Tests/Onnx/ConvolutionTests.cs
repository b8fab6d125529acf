using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Onnx.Proto;

namespace EdgeRnn.Converter.Tests.Onnx;

/// <summary>Which paddings are those of a causal convolution, and which need the future.</summary>
public sealed class ConvolutionTests
{
    [Fact]
    public void Padding_before_the_first_step_starts_from_zeros()
    {
        ConvNode conv = Assert.IsType<ConvNode>(Conv(OnnxModelBuilder.Ints("pads", 2, 0)).Import().Main.Nodes[0]);
        Assert.True(conv.PaddedStart);
        Assert.False(Assert.IsType<ConvNode>(Conv(OnnxModelBuilder.Ints("pads", 0, 0)).Import().Main.Nodes[0]).PaddedStart);
    }

    [Theory]
    [InlineData(1, 1, "pads the end of the sequence by 1, so every output needs 1 future steps; pad only the start, by (kernel - 1) * dilation")]
    [InlineData(2, 2, "pads the end of the sequence by 2, so every output needs 2 future steps; pad only the start, by (kernel - 1) * dilation")]
    [InlineData(0, 2, "pads the end of the sequence by 2, so every output needs 2 future steps; pad only the start, by (kernel - 1) * dilation")]
    [InlineData(1, 0, "starts with 1 steps of zeros, expected 0 or (kernel - 1) * dilation = 2")]
    [InlineData(3, 0, "starts with 3 steps of zeros, expected 0 or (kernel - 1) * dilation = 2")]
    public void Padding_that_is_not_causal_is_refused(long start, long end, string reason) =>
        Assert.Equal("Conv 'conv': " + reason, Conv(OnnxModelBuilder.Ints("pads", start, end)).Refusal());

    [Fact]
    public void Same_padding_is_refused() => Assert.Equal(
        "Conv 'conv': pads the end of the sequence by 1, so every output needs 1 future steps; pad only the start, by (kernel - 1) * dilation",
        Conv(OnnxModelBuilder.Text("auto_pad", "SAME_UPPER")).Refusal());

    [Fact]
    public void Padding_by_a_node_of_its_own_is_the_convolutions()
    {
        Assert.True(Assert.IsType<ConvNode>(Padded(2, 0).Import().Main.Nodes[0]).PaddedStart);
        Assert.StartsWith("Pad 'pad': pads the end of the sequence by 1", Padded(1, 1).Refusal(), System.StringComparison.Ordinal);
    }

    [Fact]
    public void Padding_that_nothing_consumes_is_refused()
    {
        OnnxModelBuilder model = Padded(2, 0);
        model.Model.Graph.Output[0].Name = "padded";
        Assert.Equal("output 'padded': it is padded with steps before the first one", model.Refusal());
    }

    [Fact]
    public void Convolution_over_an_image_is_refused() => Assert.StartsWith(
        "input 'x': it has 4 axes", new OnnxModelBuilder().Input("x", 1, 3, 8, 8).Weights("K", 2, 3, 3, 3)
            .Node("Conv", "conv", ["x", "K"], ["y"]).Output("y").Refusal(), System.StringComparison.Ordinal);

    [Fact]
    public void Skip_around_an_unpadded_convolution_is_refused() => Assert.StartsWith(
        "Add 'sum': mixes values that arrive at different steps (first at step 0, then every 1; first at step 2, then every 1)",
        new OnnxModelBuilder().Input("x", 1, 3, 0).Weights("K", 3, 3, 3).Node("Conv", "conv", ["x", "K"], ["c"])
            .Node("Add", "sum", ["x", "c"], ["y"]).Output("y").Refusal(), System.StringComparison.Ordinal);

    private static OnnxModelBuilder Conv(System.Action<NodeProto> change) => new OnnxModelBuilder().Input("x", 1, 3, 0)
        .Weights("K", 2, 3, 3).Node("Conv", "conv", ["x", "K"], ["y"], change).Output("y");

    private static OnnxModelBuilder Padded(long start, long end) => new OnnxModelBuilder().Input("x", 1, 3, 0).Weights("K", 2, 3, 3)
        .Integers("pads", 0, 0, start, 0, 0, end).Node("Pad", "pad", ["x", "pads"], ["padded"])
        .Node("Conv", "conv", ["padded", "K"], ["y"]).Output("y");
}

using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;
using static EdgeRnn.Tests.Refusal;

namespace EdgeRnn.Tests;

/// <summary>Graphs and wiring: a valid file, and the same with one thing wrong.</summary>
public sealed class HostileGraphTests
{
    [Theory]
    [InlineData("Stream", "GRPH.graphCount", 0, ModelErrorCode.BadValue, "GRPH: graph count")]
    [InlineData("Stream", "GRPH.graphCount", 3, ModelErrorCode.BadValue, "GRPH: graph count")]
    [InlineData("Stream", "graph0.inputSize", 0, ModelErrorCode.BadValue, "GRPH: graph input size")]
    [InlineData("Stream", "graph0.inputSize", 65536, ModelErrorCode.BadValue, "GRPH: graph input size")]
    [InlineData("Stream", "graph0.inputSize", -1, ModelErrorCode.BadValue, "GRPH: graph input size")]
    [InlineData("Stream", "graph0.layerCount", -1, ModelErrorCode.BadValue, "GRPH: graph layer count")]
    [InlineData("Stream", "graph0.layerCount", 1025, ModelErrorCode.BadValue, "GRPH: graph layer count")]
    [InlineData("Stream", "graph0.layerCount", int.MaxValue, ModelErrorCode.BadValue, "GRPH: graph layer count")]
    [InlineData("Stream", "graph0.outputSegmentCount", 0, ModelErrorCode.BadValue, "GRPH: graph output count")]
    [InlineData("Stream", "graph0.outputSegmentCount", 1025, ModelErrorCode.BadValue, "GRPH: graph output count")]
    [InlineData("Stream", "graph0.outputSegmentCount", 4, ModelErrorCode.WrongLength, "GRPH: 2 bytes wanted")]
    [InlineData("Stream", "graph0.output0.value", 12, ModelErrorCode.BadGraph, "graph output: reads value 12")]
    [InlineData("Stream", "graph0.output0.value", 65535, ModelErrorCode.BadGraph, "graph output: reads value 65535")]
    [InlineData("Stream", "graph0.output0.offset", 1, ModelErrorCode.BadGraph, "graph output: reads features 1 to 2 of value 10, which has 1")]
    [InlineData("Stream", "graph0.output0.offset", -1, ModelErrorCode.BadValue, "GRPH: graph output segment offset")]
    [InlineData("Stream", "graph0.output0.offset", 65536, ModelErrorCode.BadValue, "GRPH: graph output segment offset")]
    [InlineData("Stream", "graph0.output0.length", 0, ModelErrorCode.BadValue, "GRPH: graph output segment length")]
    [InlineData("Stream", "graph0.output0.length", 2, ModelErrorCode.BadGraph, "graph output: reads features 0 to 2 of value 10, which has 1")]
    [InlineData("Stream", "graph0.output0.length", int.MaxValue, ModelErrorCode.BadValue, "GRPH: graph output segment length")]
    public void Wrong_graph_field_is_refused(string file, string field, long value, ModelErrorCode code, string words) =>
        Refusal.ExpectOneWrongField(file, field, value, code, words);

    [Theory]
    [InlineData("Stream", "dense.segmentCount", 0, ModelErrorCode.BadValue, "GRPH: dense input count")]
    [InlineData("Stream", "dense.segmentCount", 255, ModelErrorCode.BadValue, "GRPH: dense segment offset")]
    [InlineData("Stream", "rnn.segment0.value", 3, ModelErrorCode.BadGraph, "rnn: reads value 3")]
    [InlineData("Stream", "rnn.segment0.value", 4, ModelErrorCode.BadGraph, "rnn: reads value 4")]
    [InlineData("Stream", "rnn.segment0.value", 999, ModelErrorCode.BadGraph, "rnn: reads value 999")]
    [InlineData("Stream", "rnn.segment0.offset", 1, ModelErrorCode.BadGraph, "rnn: reads features 1 to 7 of value 2, which has 6")]
    [InlineData("Stream", "rnn.segment0.length", 0, ModelErrorCode.BadValue, "GRPH: rnn segment length")]
    [InlineData("Stream", "rnn.segment0.length", 5, ModelErrorCode.BadTensor, "rnn: input weights (tensor")]
    public void Wiring_forward_to_itself_or_beyond_is_refused(string file, string field, long value, ModelErrorCode code, string words) =>
        Refusal.ExpectOneWrongField(file, field, value, code, words);

    [Fact]
    public void Values_of_different_rhythm_cannot_be_read_together()
    {
        ConvNode halved = new("halved", [new(0, 0, 2)], ValidFiles.Values(2, 2, 1), null, Activation.Linear) { Stride = 2 };
        ConvNode late = new("late", [new(0, 0, 2)], ValidFiles.Values(2, 2, 2), null, Activation.Linear);
        foreach (GraphNode conv in new GraphNode[] { halved, late })
        {
            DenseNode join = new("join", [new(0, 0, 2), new(1, 0, 2)], ValidFiles.Values(1, 4), null, Activation.Linear);
            Expect(Graph(2, [conv, join], new Segment(2, 0, 1)), ModelErrorCode.BadGraph, "join: reads value 0");
            Expect(Graph(2, [conv], new(1, 0, 2), new(0, 0, 2)), ModelErrorCode.BadGraph, "graph output: reads value 1");
        }
    }

    [Fact]
    public void More_than_65535_features_together_are_refused()
    {
        Segment whole = new(0, 0, 40000);
        Expect(Graph(40000, [], whole, whole), ModelErrorCode.LimitExceeded, "graph: answers 80000 features");
        Expect(Graph(40000, [new ArgMaxNode("argmax", [whole, whole])], new Segment(1, 0, 1)), ModelErrorCode.LimitExceeded, "argmax: reads 80000 features");
    }

    [Fact]
    public void Period_of_more_than_2_to_the_20_is_refused()
    {
        ConvNode Strided(string name, int value) =>
            new(name, [new(value, 0, 1)], ValidFiles.Values(1, 1, 1), null, Activation.Linear) { Stride = 1 << 11, PaddedStart = true };
        Expect(Graph(1, [Strided("first", 0), Strided("second", 1)], new Segment(2, 0, 1)), ModelErrorCode.LimitExceeded, "second: answers first after 0 steps and then every 4194304");
    }

    private static RecurrentGraph Graph(int inputSize, GraphNode[] nodes, params Segment[] outputs) => new()
    {
        Name = "test",
        Main = new Subgraph { InputSize = inputSize, Nodes = nodes, Outputs = outputs },
    };
}

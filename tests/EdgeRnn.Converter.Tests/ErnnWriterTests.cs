using System;
using System.Collections.Generic;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

public sealed class ErnnWriterTests
{
    [Fact]
    public void Long_texts_are_cut_at_a_character()
    {
        string wave = new('\u6ce2', 100_000); // 3 bytes each
        RecurrentGraph graph = Copy(wave);
        graph.Metadata["note"] = wave;
        Model model = Model.Load(ErnnWriter.Write(graph));
        Assert.Equal(wave[..85], model.Layers[0].Name);
        Assert.Equal(wave[..21_845], model.Metadata["note"]);
    }

    [Fact]
    public void Refusal_before_there_is_a_file_does_not_call_it_damaged()
    {
        RecurrentGraph graph = Copy("copy", new WindowPlan { WindowLength = 4, Hop = 9, Answer = WindowAnswer.LastStep });
        string message = Assert.Throws<ConversionException>(() => ErnnWriter.Write(graph)).Message;
        Assert.Contains("hop", message, StringComparison.Ordinal);
        Assert.Contains("change the model", message, StringComparison.Ordinal);
        Assert.DoesNotContain("damaged", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mean_cost_counts_a_layer_only_where_it_computes()
    {
        IReadOnlyList<Segment> input = [new Segment(0, 0, 1)], conv = [new Segment(1, 0, 1)];
        Tensor kernel = new(new float[4], 1, 1, 4), weight = new([1], 1, 1);
        Subgraph strided = new()
        {
            InputSize = 1,
            Nodes = [new ConvNode("conv", input, kernel, null, Activation.Linear) { Stride = 2 },
                new DenseNode("head", conv, weight, null, Activation.Linear)],
            Outputs = [new Segment(2, 0, 1)],
        };
        RecurrentGraph stream = new() { Name = "stream", Main = strided };
        Assert.Equal(2.5, Model.Load(ErnnWriter.Write(stream)).MeanMacsPerStep);

        // A window of 6 steps has outputs at steps 3 and 5: 10 multiply-accumulates every 3 steps.
        WindowPlan plan = new() { WindowLength = 6, Hop = 3, Answer = WindowAnswer.LastStep };
        RecurrentGraph windows = new() { Name = "windows", Main = strided, Window = plan };
        Assert.Equal(10 / 3.0, Model.Load(ErnnWriter.Write(windows)).MeanMacsPerStep);
    }

    private static RecurrentGraph Copy(string layer, WindowPlan? window = null) => new()
    {
        Name = "copy",
        Main = new Subgraph
        {
            InputSize = 1,
            Nodes = [new DenseNode(layer, [new Segment(0, 0, 1)], new Tensor([1], 1, 1), null, Activation.Linear)],
            Outputs = [new Segment(1, 0, 1)],
        },
        Window = window,
    };
}

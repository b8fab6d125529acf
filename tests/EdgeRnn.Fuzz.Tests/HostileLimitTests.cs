using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;
using static EdgeRnn.Tests.Refusal;

namespace EdgeRnn.Tests;

/// <summary>Files that follow the rules field by field and ask for too much: memory, time, or both.</summary>
public sealed class HostileLimitTests
{
    private const int MostSteps = 1 << 20;

    [Fact]
    public void Session_limit_of_the_caller_is_honoured()
    {
        foreach (byte[] file in ValidFiles.All)
        {
            int[] plan = SecondReader.Read(file).Plan;
            int needed = plan[0] + plan[1] + plan[2];
            Model.Load(file, needed);
            foreach (int allowed in new[] { needed - 1, 0, -1, int.MinValue })
            {
                ModelException refusal = Assert.Throws<ModelException>(() => Model.Load(file, allowed));
                CheckMessage(refusal, ModelErrorCode.LimitExceeded, $"PLAN: a session needs {needed} bytes, at most {allowed} are allowed");
            }
        }
    }

    [Fact]
    public void Session_of_more_than_64_MiB_is_refused() =>
        Expect(Windowed(64, WindowAnswer.LastStep, hop: MostSteps, reversed: true), ModelErrorCode.LimitExceeded, "PLAN: a session needs 268435712 bytes");

    [Fact]
    public void Answer_of_more_than_64_MiB_is_refused() =>
        Expect(Windowed(64, WindowAnswer.AllSteps, hop: MostSteps), ModelErrorCode.LimitExceeded, "WIND: an answer of 1048576 frames of 64 features");

    [Fact]
    public void Huge_dilation_is_refused()
    {
        ConvNode conv = new("conv", [new(0, 0, 60000)], ValidFiles.Values(1, 60000, 2), null, Activation.Linear) { Dilation = MostSteps, PaddedStart = true };
        Expect(Stream(60000, conv), ModelErrorCode.LimitExceeded, "conv: a history of 1048577 steps of 60000 features");
    }

    [Fact]
    public void Window_replayed_for_a_billion_multiplications_is_refused() =>
        Expect(Windowed(1, WindowAnswer.EveryStep, hop: 1, nodes: [Dense("dense", 1, 64), Dense("wide", 64, 64, 1)]), ModelErrorCode.LimitExceeded, "a step may cost");

    [Fact]
    public void Layers_that_multiply_nothing_cost_time_too()
    {
        // 250 softmaxes over 65535 features, a million times over in one step: days of exponentials.
        GraphNode[] nodes = new GraphNode[251];
        nodes[0] = new EmbeddingNode("embedding", [new(0, 0, 1)], ValidFiles.Values(1, 65535));
        for (int i = 1; i < nodes.Length; i++)
            nodes[i] = new ActivationNode("softmax" + i, [new(i, 0, 65535)], new Activation(ActivationKind.Softmax));
        Expect(Windowed(1, WindowAnswer.EveryStep, hop: 1, nodes: nodes), ModelErrorCode.LimitExceeded, "a step may cost");
    }

    [Fact]
    public void Decoder_of_a_million_costly_steps_is_refused()
    {
        RecurrentGraph Graph(int perTick) => new()
        {
            Name = "test",
            Main = new Subgraph { InputSize = 1, Nodes = [], Outputs = [new(0, 0, 1)] },
            Decoder = new Subgraph { InputSize = 1, Nodes = [Dense("wide", 1, 400), Dense("head", 400, 1, 1)], Outputs = [new(2, 0, 1)] },
            Window = new WindowPlan { WindowLength = MostSteps, Hop = MostSteps, Answer = WindowAnswer.Decoder, DecoderSteps = MostSteps, DecoderStepsPerTick = perTick },
        };
        Expect(Graph(0), ModelErrorCode.LimitExceeded, "a step may cost");
        Model.Load(ErnnWriter.Write(Graph(1)));
    }

    [Fact]
    public void Tensor_shared_by_a_thousand_layers_does_not_multiply_memory()
    {
        Tensor weights = ValidFiles.Values(512, 512);
        GraphNode[] nodes = Enumerable.Range(0, 1000).Select(i => (GraphNode)new DenseNode("dense" + i, [new(i, 0, 512)], weights, null, Activation.Linear)).ToArray();
        byte[] file = ErnnWriter.Write(Stream(512, nodes[..60]));
        Model.Load(file);
        Expect(Stream(512, nodes), ModelErrorCode.LimitExceeded, "dense65: input weights use tensors of other layers again");
    }

    [Fact]
    public void Groups_of_convolutions_do_not_multiply_memory()
    {
        Tensor weights = ValidFiles.Values(40000, 1, 1);
        ConvNode Conv(string name, int value) => new(name, [new(value, 0, 40000)], weights, null, Activation.Linear) { Groups = 40000 };
        Expect(Stream(40000, Conv("first", 0), Conv("second", 1)), ModelErrorCode.LimitExceeded, "second: the graph has 80000 groups");
    }

    [Theory]
    [InlineData("Stream")]
    [InlineData("Window")]
    [InlineData("Decoder")]
    [InlineData("Integers")]
    [InlineData("Mixed")]
    [InlineData("IntegerDecoder")]
    public void Absurd_number_in_any_field_is_refused_or_harmless(string name)
    {
        byte[] file = ValidFiles.Named(name);
        foreach (Field field in FieldMap.Of(file).Fields)
        {
            foreach (long value in new long[] { int.MaxValue, int.MinValue, -1, 0, 1 << 20, 65535, 65536, 255 })
            {
                byte[] absurd = (byte[])file.Clone();
                ErnnEdit.Set(absurd, field, value);
                Verdict.Check(ErnnEdit.Seal(absurd), $"{name}, {field.Name} = {value}");
            }
        }
    }

    private static DenseNode Dense(string name, int inputs, int outputs, int value = 0) =>
        new(name, [new(value, 0, inputs)], ValidFiles.Values(outputs, inputs), null, Activation.Linear);

    private static RecurrentGraph Stream(int inputSize, params GraphNode[] nodes) => new()
    {
        Name = "test",
        Main = new Subgraph { InputSize = inputSize, Nodes = nodes, Outputs = [new(nodes.Length, 0, nodes[^1].OutputSize)] },
    };

    private static RecurrentGraph Windowed(int inputSize, WindowAnswer answer, int hop, bool reversed = false, GraphNode[]? nodes = null) => new()
    {
        Name = "test",
        Main = new Subgraph { InputSize = inputSize, Nodes = nodes ?? [], Outputs = [new(0, 0, inputSize)] },
        Window = new WindowPlan { WindowLength = MostSteps, Hop = hop, Answer = answer, ReversedInput = reversed },
    };
}

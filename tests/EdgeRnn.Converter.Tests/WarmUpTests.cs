using System;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Tests;

public sealed class WarmUpTests
{
    [Theory]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    [InlineData(0.99f)]
    public void Leaky_sum_forgets_as_its_leak_says(float leak)
    {
        // s = leak s + x. Extremes of 4 lead to 4 / (1 - leak), noise of deviation 1 to answers of deviation 1 / sqrt(1 - leak^2); a
        // hundredth of that is left after log(...) / log(leak) steps. The deviation is measured over few hundred steps, hence a fifth.
        double steps = Math.Log(0.01 / Math.Sqrt(1 - leak * leak) * (1 - leak) / 4) / Math.Log(leak);
        WarmUpResult result = WarmUp.Measure(Leaky(leak));
        Assert.True(result.Forgets);
        Assert.InRange(result.Steps, 0.8 * steps, 1.2 * steps);
        Assert.Equal(result, WarmUp.Measure(Leaky(leak)));
    }

    [Fact]
    public void Sum_that_never_forgets_is_said_not_to()
    {
        WarmUpResult result = WarmUp.Measure(Leaky(1));
        Assert.False(result.Forgets);
        Assert.True(result.Steps >= WarmUp.MaxSteps);
        Assert.Contains("does not forget its start", result.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_without_a_state_needs_no_warm_up()
    {
        WarmUpResult result = WarmUp.Measure(Load(Copy(2), null));
        Assert.Equal((0, true, (string?)null), (result.Steps, result.Forgets, result.Note));
    }

    [Fact]
    public void Windows_need_their_length_whatever_overlaps()
    {
        Assert.Equal(7, WarmUp.Measure(Load(Copy(1), new WindowPlan { WindowLength = 7, Hop = 3, Answer = WindowAnswer.LastStep })).Steps);
    }

    [Fact]
    public void Endless_windows_are_compared_in_step_with_their_hop()
    {
        WindowPlan window = new() { WindowLength = 8, Hop = 8, Answer = WindowAnswer.LastStep, CarriesState = true };
        WarmUpResult result = WarmUp.Measure(Load(LeakyNode(0.9f), window));
        Assert.True(result.Forgets);
        Assert.InRange(result.Steps, 50, 90); // as the stream, to the end of a window
    }

    [Fact]
    public void Recording_is_used_and_its_missing_values_are_left_out()
    {
        Random random = new(3);
        float[] rows = [.. Enumerable.Range(0, 900).Select(i => i % 50 == 7 ? float.NaN : random.NextSingle())];
        WarmUpResult result = WarmUp.Measure(Leaky(0.9f), new StepArray([rows], 1));
        Assert.True(result is { Recorded: true, Forgets: true, Steps: > 20 });
        Assert.False(WarmUp.Measure(Leaky(0.9f), new StepArray([rows[..40]], 1)).Recorded);
    }

    [Fact]
    public void Measured_steps_stand_in_the_file_and_its_identity_stays()
    {
        byte[] file = GoldenSteps.Append(ErnnWriter.Write(Graph(LeakyNode(0.5f), null)));
        byte[] written = WarmUpField.Write(file, 123);
        Model model = Model.Load(written);
        Assert.Equal(123, model.WarmUpSteps);
        Assert.Equal(Model.Load(file).GetId(), model.GetId());
        Assert.Equal(SelfTestStatus.Passed, SelfTest.Run(written, model));
        Assert.Equal(file, WarmUpField.Write(written, 0));
    }

    private static Model Leaky(float leak) => Load(LeakyNode(leak), null);

    private static RnnNode LeakyNode(float leak) => new("leaky", [new Segment(0, 0, 1)], new Tensor([1], 1, 1), new Tensor([leak], 1, 1),
        new Tensor([0], 1), Activation.Linear);

    private static DenseNode Copy(int size) => new("copy", [new Segment(0, 0, size)],
        new Tensor([.. Enumerable.Range(0, size * size).Select(i => i % (size + 1) == 0 ? 1f : 0)], size, size), null, Activation.Linear);

    private static Model Load(GraphNode node, WindowPlan? window) => Model.Load(ErnnWriter.Write(Graph(node, window)));

    private static RecurrentGraph Graph(GraphNode node, WindowPlan? window) => new()
    {
        Name = "small",
        Main = new Subgraph { InputSize = node.InputSize, Nodes = [node], Outputs = [new Segment(1, 0, node.OutputSize)] },
        Window = window,
    };
}

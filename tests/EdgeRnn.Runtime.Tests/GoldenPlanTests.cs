using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>How many golden steps a model gets, with answers made up.</summary>
public sealed class GoldenPlanTests
{
    [Fact]
    public void A_stream_gets_32_steps_and_8_checks_from_the_first_to_the_last()
    {
        GoldenPlan plan = GoldenPlan.Of(Dense(4, 4), _ => StepStatus.OutputReady);
        Assert.Equal(32, plan.StepCount);
        Assert.Equal([0, 4, 8, 13, 17, 22, 26, 31], plan.Answers);
    }

    [Fact]
    public void Steps_go_on_to_the_second_answer()
    {
        GoldenPlan plan = GoldenPlan.Of(Dense(4, 4), step => step is 500 or 900 or 901 ? StepStatus.OutputReady : 0);
        Assert.Equal((901, 2), (plan.StepCount, plan.Answers.Count));
        Assert.Equal([500, 900], plan.Answers);
    }

    // 2^28 is what a second answer may cost; a step of 1,000,000 multiply-accumulates costs a little more than that many.
    [Fact]
    public void A_costly_model_stops_at_its_first_answer()
    {
        GoldenPlan plan = GoldenPlan.Of(Dense(1000, 1000), step => step == 400 ? StepStatus.OutputReady : 0);
        Assert.Equal((401, 400), (plan.StepCount, plan.Answers.Single()));
    }

    [Fact]
    public void A_model_that_would_answer_too_late_gets_the_usual_steps_without_an_answer()
    {
        int asked = 0;
        GoldenPlan plan = GoldenPlan.Of(Dense(1000, 1000), _ => asked++ < 0 ? 1 : 0);
        Assert.Equal((32, 0), (plan.StepCount, plan.Answers.Count));
        Assert.InRange(asked, 1000, 1L << 32);
    }

    [Theory]
    [InlineData(7, 3, false, 3)]
    [InlineData(6, 6, true, 2)]
    [InlineData(0, 5, false, 4)]
    public void Cost_of_steps_counts_every_step_and_every_window_that_ends(int length, int hop, bool reversed, int decoderSteps)
    {
        Model model = Windowed(length, hop, reversed, decoderSteps);
        long main = model.Main.CostPerStep, decoder = model.Decoder?.CostPerStep ?? 0, total = 0;
        for (int step = 1; step <= 50; step++)
        {
            total += main;
            bool ends = length == 0 ? step % hop == 0 : step >= length && (step - length) % hop == 0;
            if (ends) total += (reversed ? length : length == 0 ? 0 : length - hop) * main + decoderSteps * decoder;
            Assert.Equal(total, model.CostOf(step));
        }
    }

    private static Model Windowed(int length, int hop, bool reversed, int decoderSteps) => Model.Load(ErnnWriter.Write(new RecurrentGraph
    {
        Name = "windowed",
        Main = Graph(3, 3),
        Decoder = Graph(3, 3),
        Window = new WindowPlan
        {
            WindowLength = length,
            Hop = hop,
            ReversedInput = reversed,
            Answer = WindowAnswer.Decoder,
            DecoderSteps = decoderSteps,
            DecoderInput = [new Segment(1, 0, 3)],
            Feedback = DecoderFeedback.Repeat,
        },
    }));

    private static Model Dense(int inputSize, int outputSize) =>
        Model.Load(ErnnWriter.Write(new RecurrentGraph { Name = "dense", Main = Graph(inputSize, outputSize) }));

    private static Subgraph Graph(int inputSize, int outputSize) => new()
    {
        InputSize = inputSize,
        Nodes = [new DenseNode("dense", [new Segment(0, 0, inputSize)], new Tensor(new float[inputSize * outputSize], outputSize, inputSize), null,
            Activation.Linear)],
        Outputs = [new Segment(1, 0, outputSize)],
    };
}

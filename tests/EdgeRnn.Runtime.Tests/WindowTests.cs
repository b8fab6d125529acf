using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>Windows against their definition: a new stream over each window's samples.</summary>
public sealed class WindowTests
{
    private const int Seed = 77;
    private const int Steps = 60;

    [Theory]
    [InlineData(5, 5, false)]
    [InlineData(5, 1, false)]
    [InlineData(7, 3, false)]
    [InlineData(5, 5, true)]
    [InlineData(7, 3, true)]
    [InlineData(1, 1, false)]
    public void A_window_answers_what_a_new_stream_over_its_samples_answers_last(int length, int hop, bool reversed)
    {
        Model model = Graphs.Load(Encoder(), Plan(length, hop, WindowAnswer.LastStep) with { ReversedInput = reversed });
        float[][] signal = new Graphs(3).Signal(Steps, 2);
        Assert.Equal(Windows(signal, length, hop).Select(window => Stream(Order(window, reversed))[^1]), Answers(model, signal));
    }

    [Theory]
    [InlineData(6, 6, false)]
    [InlineData(6, 2, false)]
    [InlineData(6, 6, true)]
    [InlineData(6, 4, true)]
    public void A_window_can_answer_all_its_steps(int length, int hop, bool reversed)
    {
        Model model = Graphs.Load(Encoder(), Plan(length, hop, WindowAnswer.AllSteps) with { ReversedInput = reversed });
        float[][] signal = new Graphs(3).Signal(Steps, 2);
        Assert.Equal(length, model.FramesPerAnswer);
        Assert.Equal(Windows(signal, length, hop).Select(window => Stream(Order(window, reversed)).SelectMany(y => y).ToArray()),
            Answers(model, signal));
    }

    [Fact]
    public void A_window_can_answer_at_every_step_and_starts_anew()
    {
        Model model = Graphs.Load(Encoder(), Plan(8, 8, WindowAnswer.EveryStep));
        float[][] signal = new Graphs(3).Signal(24, 2);
        Assert.Equal(Windows(signal, 8, 8).SelectMany(Stream), Answers(model, signal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_window_can_carry_the_state_of_the_one_before(bool reversed)
    {
        Model model = Graphs.Load(Encoder(), Plan(4, 4, WindowAnswer.LastStep) with { ReversedInput = reversed, CarriesState = true });
        float[][] signal = new Graphs(3).Signal(12, 2);
        float[][] read = [.. Windows(signal, 4, 4).SelectMany(window => Order(window, reversed))];
        List<float[]> stream = Stream(read);
        Assert.Equal([stream[3], stream[7], stream[11]], Answers(model, signal));
    }

    [Fact]
    public void A_window_that_carries_state_has_to_end_in_the_phase_of_its_stride()
    {
        ConvNode Stride(IReadOnlyList<Segment> inputs) =>
            new("conv", inputs, new Tensor([1], 1, 1, 1), null, Activation.Linear) { Stride = 2, PaddedStart = true };
        Subgraph main = Graphs.Chain(1, Stride);
        WindowPlan plan = Plan(3, 3, WindowAnswer.LastStep);
        float[][] signal = [[1], [2], [3], [4], [5], [6]];
        Assert.Equal([[3], [6]], Answers(Graphs.Load(main, plan), signal));
        Converter.ConversionException refusal = Assert.Throws<Converter.ConversionException>(
            () => Graphs.Load(main, plan with { CarriesState = true }));
        Assert.Contains("does not arrive at the last step of the window", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 4, 0)]
    [InlineData(6, 6, 0)]
    [InlineData(6, 2, 0)]
    [InlineData(6, 3, 2)]
    [InlineData(0, 3, 2)]
    public void A_decoder_unrolls_from_the_linked_state(int length, int hop, int stepsPerTick)
    {
        const int DecoderSteps = 5;
        Model model = Graphs.Load(Encoder(), Plan(length, hop, WindowAnswer.Decoder) with
        {
            DecoderSteps = DecoderSteps,
            DecoderStepsPerTick = stepsPerTick,
            DecoderInput = [new Segment(0, 0, 2)],
            Feedback = DecoderFeedback.Autoregressive,
            StateLinks = [new StateLink(0, StatePart.Hidden, 0, StatePart.Hidden)],
        }, Decoder());
        float[][] signal = new Graphs(3).Signal(Steps, 2);
        List<(int Step, float[] Answer)> answers = TimedAnswers(model, signal);
        int delay = stepsPerTick == 0 ? 0 : (DecoderSteps + stepsPerTick - 1) / stepsPerTick - 1;
        int index = 0;
        for (int end = length == 0 ? hop : length; end + delay <= Steps; end += hop, index++)
        {
            float[] hidden = Stream(signal[(length == 0 ? 0 : end - length)..end])[^1];
            Assert.Equal(end - 1 + delay, answers[index].Step);
            Assert.Equal(Unroll(hidden, signal[end - 1], DecoderSteps), answers[index].Answer);
        }
        Assert.Equal(answers.Count, index);
    }

    [Fact]
    public void A_reversed_target_is_answered_in_time_order()
    {
        WindowPlan plan = Plan(4, 4, WindowAnswer.Decoder) with
        {
            DecoderSteps = 4,
            StateLinks = [new StateLink(0, StatePart.Hidden, 0, StatePart.Hidden)],
        };
        float[][] signal = new Graphs(3).Signal(12, 2);
        List<float[]> forward = Answers(Graphs.Load(Encoder(), plan, Decoder()), signal);
        List<float[]> reversed = Answers(Graphs.Load(Encoder(), plan with { ReversedTarget = true }, Decoder()), signal);
        Assert.Equal(forward.Select(answer => answer.Chunk(2).Reverse().SelectMany(frame => frame).ToArray()), reversed);
    }

    public static TheoryData<string, WindowPlan> ImpossiblePlans => new()
    {
        { "a decoder spread over steps must end before the next answer", DecoderPlan() with { Hop = 2, DecoderStepsPerTick = 1 } },
        { "zero feedback hands nothing over", DecoderPlan() with { Feedback = DecoderFeedback.Zero } },
        { "repeat feedback needs a context", DecoderPlan() with { Feedback = DecoderFeedback.Repeat, DecoderInput = [] } },
        { "the decoder's input has 2 features, it is handed 1", DecoderPlan() with { DecoderInput = [new Segment(0, 0, 1)] } },
        { "a state link joins states of equal size", DecoderPlan() with { StateLinks = [new StateLink(0, StatePart.Cell, 0, StatePart.Hidden)] } },
        { "a state link names a layer that exists", DecoderPlan() with { StateLinks = [new StateLink(1, StatePart.Hidden, 0, StatePart.Hidden)] } },
        { "exactly when there is a decoder", Plan(5, 5, WindowAnswer.LastStep) },
        { "hop must be the window length", DecoderPlan() with { CarriesState = true, Hop = 4 } },
        { "hop at byte", DecoderPlan() with { Hop = 6 } },
    };

    [Theory, MemberData(nameof(ImpossiblePlans))]
    public void A_plan_that_cannot_work_is_refused(string reason, WindowPlan plan)
    {
        Assert.Equal(10, Graphs.Load(Encoder(), DecoderPlan(), Decoder()).OutputSize);
        Converter.ConversionException refusal = Assert.Throws<Converter.ConversionException>(() => Graphs.Load(Encoder(), plan, Decoder()));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private static WindowPlan DecoderPlan() => Plan(5, 5, WindowAnswer.Decoder) with
    {
        DecoderSteps = 5,
        DecoderInput = [new Segment(0, 0, 2)],
        Feedback = DecoderFeedback.Autoregressive,
        StateLinks = [new StateLink(0, StatePart.Hidden, 0, StatePart.Hidden)],
    };

    private static WindowPlan Plan(int length, int hop, WindowAnswer answer) => new() { WindowLength = length, Hop = hop, Answer = answer };

    private static Subgraph Encoder() => Graphs.Chain(2, new Graphs(Seed).Gru(5));

    private static Subgraph Decoder()
    {
        Graphs graphs = new(Seed + 1);
        return Graphs.Chain(2, graphs.Gru(5), graphs.Dense(2));
    }

    private static List<float[]> Stream(float[][] samples) => Answers(Graphs.Load(Encoder()), samples);

    // The decoder as a stream of its own that starts from a given hidden state and reads its own output.
    private static float[] Unroll(float[] hidden, float[] input, int steps)
    {
        Subgraph decoder = Decoder();
        GruNode gru = (GruNode)decoder.Nodes[0] with { InitialHidden = new Tensor(hidden, hidden.Length) };
        Session session = new(Graphs.Load(new Subgraph { InputSize = 2, Nodes = [gru, decoder.Nodes[1]], Outputs = decoder.Outputs }));
        List<float> answer = [];
        float[] y = [.. input];
        for (int step = 0; step < steps; step++)
        {
            session.Step(y, 0, y, 0);
            answer.AddRange(y);
        }
        return [.. answer];
    }

    private static IEnumerable<float[][]> Windows(float[][] signal, int length, int hop)
    {
        for (int start = 0; start + length <= signal.Length; start += hop) yield return signal[start..(start + length)];
    }

    private static float[][] Order(float[][] window, bool reversed) => reversed ? [.. window.Reverse()] : window;

    private static List<float[]> Answers(Model model, float[][] signal) => [.. TimedAnswers(model, signal).Select(answer => answer.Answer)];

    private static List<(int Step, float[] Answer)> TimedAnswers(Model model, float[][] signal)
    {
        Session session = new(model);
        float[] output = new float[model.OutputSize];
        List<(int, float[])> answers = [];
        for (int step = 0; step < signal.Length; step++)
        {
            if ((session.Step(signal[step], 0, output, 0) & StepStatus.OutputReady) != 0) answers.Add((step, [.. output]));
        }
        return answers;
    }
}

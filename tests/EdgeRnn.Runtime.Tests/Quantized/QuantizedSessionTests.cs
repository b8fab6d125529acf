extern alias portable;

using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;
using PortableModel = portable::EdgeRnn.Runtime.Model;
using PortableSession = portable::EdgeRnn.Runtime.Session;

namespace EdgeRnn.Tests.Quantized;

/// <summary>The two entries of integer models, and what happens at the ends of the 16-bit range. What holds for all models is in SessionTests.</summary>
public sealed class QuantizedSessionTests
{
    private const int Steps = 60;

    // Differences of floats in the last bit may round to the next 16-bit value, or 8-bit where the mixture has such layers.
    private const double IslandTolerance = 0.03;

    public static TheoryData<string> IntegerNames => QuantizedOracleTests.IntegerNames;

    public static TheoryData<string> MixedNames =>
        [.. QuantizedSpecimens.Graphs.Select(graph => graph + ", " + QuantizedSpecimens.Mixed)];

    [Theory, MemberData(nameof(IntegerNames))]
    public void StepQuantized_equals_Step_on_numbers_that_the_input_format_holds(string name)
    {
        Model model = Model.Load(QuantizedSpecimens.File(name));
        if (!model.IsIntegerOnly || model.HasPreprocessing) return;
        Session integers = new(model), floats = new(model);
        short[] input = new short[model.InputSize], answer = new short[model.OutputSize];
        float[] floatInput = new float[model.InputSize], floatAnswer = new float[model.OutputSize];
        foreach (float[] x in QuantizedSpecimens.Signal(QuantizedSpecimens.Source(name), Steps))
        {
            for (int i = 0; i < x.Length; i++)
            {
                input[i] = (short)Math.Clamp(Math.Round(Math.ScaleB(x[i], model.InputFractionBits)), -32767, 32767);
                floatInput[i] = (float)Math.ScaleB(input[i], -model.InputFractionBits);
            }
            int status = integers.StepQuantized(input, 0, answer, 0);
            Assert.Equal(floats.Step(floatInput, 0, floatAnswer, 0), status);
            if ((status & StepStatus.OutputReady) == 0) continue;
            for (int i = 0; i < answer.Length; i++)
                Assert.Equal(floatAnswer[i], Math.ScaleB(answer[i], -model.OutputFractionBits(i % model.FrameSize)));
        }
        Assert.Equal(Save(floats), Save(integers));
    }

    [Theory, MemberData(nameof(IntegerNames))]
    public void No_answer_is_minus_32768_whatever_the_input(string name)
    {
        Model model = Model.Load(ErnnWriter.Write(QuantizedSpecimens.MakeExtreme(name)));
        if (!model.IsIntegerOnly) return;
        Session session = new(model);
        short[] input = new short[model.InputSize], answer = new short[model.OutputSize];
        Random random = new(5);
        for (int step = 0; step < Steps; step++)
        {
            for (int i = 0; i < input.Length; i++) input[i] = (short)(random.Next(3) switch { 0 => -32768, 1 => 32767, _ => random.Next(-32768, 32768) });
            if ((session.StepQuantized(input, 0, answer, 0) & StepStatus.OutputReady) != 0) Assert.All(answer, value => Assert.NotEqual(short.MinValue, value));
        }
    }

    [Theory]
    [InlineData("gru reset after, w8a16")]
    [InlineData("every function, w16a16")]
    public void Minus_32768_is_taken_for_minus_32767(string name)
    {
        Model model = Specimens.Load(name);
        Session least = new(model), next = new(model);
        short[] answer = new short[model.OutputSize], expected = new short[model.OutputSize], input = new short[model.InputSize];
        for (int step = 0; step < 5; step++)
        {
            Array.Fill(input, (short)-32767);
            next.StepQuantized(input, 0, expected, 0);
            Array.Fill(input, short.MinValue);
            least.StepQuantized(input, 0, answer, 0);
            Assert.Equal(expected, answer);
        }
        Assert.Equal(Save(next), Save(least));
    }

    [Theory]
    [InlineData(float.NaN, 0, true)]
    [InlineData(float.PositiveInfinity, 32767, false)]
    [InlineData(float.NegativeInfinity, -32767, false)]
    [InlineData(1e30f, 32767, false)]
    [InlineData(-1e30f, -32767, false)]
    public void What_the_input_format_cannot_hold_saturates_and_NaN_is_reported(float value, short taken, bool isInvalid)
    {
        Model model = Specimens.Load("gru reset after, w8a16");
        Session floats = new(model), integers = new(model);
        float[] floatAnswer = new float[model.OutputSize];
        short[] answer = new short[model.OutputSize];
        for (int step = 0; step < 5; step++)
        {
            int status = floats.Step([0, value, 0], 0, floatAnswer, 0);
            Assert.Equal(isInvalid, (status & StepStatus.InvalidInput) != 0);
            integers.StepQuantized([0, taken, 0], 0, answer, 0);
            Assert.All(floatAnswer, number => Assert.True(float.IsFinite(number)));
        }
        Assert.Equal(Save(integers), Save(floats));
    }

    [Fact]
    public void NaN_and_infinity_pass_the_standardiser_before_they_are_rounded()
    {
        Model model = Specimens.Load("preprocessing and standardiser, w8a16");
        Session session = new(model), clipped = new(model);
        float[] answer = new float[model.OutputSize], same = new float[model.OutputSize];
        Assert.Equal(StepStatus.OutputReady | StepStatus.InvalidInput, session.Step([float.NaN, 0, 0], 0, answer, 0));
        session.Reset();
        // The clip of 1.5 stands before the rounding.
        Assert.Equal(StepStatus.OutputReady, session.Step([float.PositiveInfinity, 0, 0], 0, answer, 0));
        Assert.Equal(StepStatus.OutputReady, clipped.Step([float.MaxValue, 0, 0], 0, same, 0));
        Assert.Equal(same, answer);
    }

    [Fact]
    public void StepQuantized_is_refused_where_a_layer_computes_in_float()
    {
        foreach (string name in new[] { "gru reset after", "gru reset after, mixed" })
        {
            Session session = new(Specimens.Load(name));
            byte[] before = Save(session);
            ArgumentException refusal = Assert.Throws<ArgumentException>(() => session.StepQuantized(new short[3], 0, new short[2], 0));
            Assert.Contains("--scheme w8a16", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(before, Save(session));
        }
    }

    [Fact]
    public void Short_buffers_of_StepQuantized_are_refused_and_change_nothing()
    {
        Session session = new(Specimens.Load("gru reset after, w8a16"));
        byte[] before = Save(session);
        Assert.Contains("input: 3 elements", Assert.Throws<ArgumentException>(() => session.StepQuantized(new short[3], 1, new short[2], 0)).Message, StringComparison.Ordinal);
        Assert.Contains("output: 2 elements", Assert.Throws<ArgumentException>(() => session.StepQuantized(new short[3], 0, new short[2], 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => session.StepQuantized(new short[3], -1, new short[2], 0));
        Assert.Equal(before, Save(session));
    }

    [Theory, MemberData(nameof(MixedNames))]
    public void Models_with_float_layers_stay_near_the_portable_runtime(string name)
    {
        byte[] file = QuantizedSpecimens.File(name);
        Session session = new(Model.Load(file));
        PortableSession oracle = new(PortableModel.Load(file));
        float[] expected = new float[session.Model.OutputSize], found = new float[session.Model.OutputSize];
        float largest = 1;
        foreach (float[] x in QuantizedSpecimens.Signal(QuantizedSpecimens.Source(name), Steps))
        {
            Assert.Equal(oracle.Step(x, 0, expected, 0), session.Step(x, 0, found, 0));
            largest = Math.Max(largest, expected.Max(Math.Abs));
            for (int i = 0; i < found.Length; i++) Assert.InRange(found[i], expected[i] - IslandTolerance * largest, expected[i] + IslandTolerance * largest);
        }
    }

    [Fact]
    public void Peepholes_and_tables_wider_than_a_row_that_could_overflow_are_accepted()
    {
        const int Wide = 530;
        Graphs graphs = new(11);
        float[] ones = [.. Enumerable.Repeat(1f, 3 * Wide)];
        LstmNode Cell(IReadOnlyList<Segment> x) => new("lstm", x, graphs.Random(4 * Wide, 1), graphs.Random(4 * Wide, 2), graphs.Random(4 * Wide))
        {
            Peepholes = new Tensor(ones, 3 * Wide),
            Projection = graphs.Random(2, Wide).Scale(0.1f),
        };
        foreach (RecurrentGraph graph in new[]
        {
            Graphs.Whole(Graphs.Chain(1, Cell)),
            Graphs.Whole(Graphs.Chain(1, x => new EmbeddingNode("words", x, new Tensor(ones, 3, Wide)), graphs.Dense(2))),
        })
        {
            Session session = new(Model.Load(ErnnWriter.Write(QuantizedSpecimens.Make(graph, graph, "w16a16"))));
            Assert.Equal(StepStatus.OutputReady, session.Step([1], 0, new float[2], 0));
        }
    }

    private static byte[] Save(Session session)
    {
        byte[] state = new byte[session.SavedStateBytes];
        session.SaveState(state, 0);
        return state;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantized;

/// <summary>Whole numbers from a sensor, standardised in integers, are the samples that the float entry makes of the same numbers.</summary>
public sealed class CountEntryTests(ITestOutputHelper output)
{
    private const int Seed = 20261130;

    // Mean and 1 / deviation of a channel: usual sensors, offsets far from 0, constant and inverted channels, and what no sensor has.
    private static readonly (float Mean, float InverseScale)[] _channels =
    [
        (0, 1), (512, 1 / 100f), (-3.7f, 0.013f), (20000.5f, 1 / 3f), (16384.25f, 8), (-32768, 0.001f), (0, -0.25f), (100, 0), (1e6f, 0.01f),
        (1e30f, 1e-30f), (-1e30f, 3), (3, 1e6f), (0.4999f, 1e9f), (7, 1e-9f), (40000, 1e-4f), (32767, -1e3f), (float.MaxValue, float.MaxValue),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1.5f)]
    [InlineData(6)]
    [InlineData(1e-6f)]
    public void Every_count_is_within_one_unit_of_the_float_form(float clip)
    {
        Session floats = Copying(Channels(), clip), integers = new(floats.Model);
        Assert.True(floats.Model.AcceptsCounts);
        int size = floats.Model.InputSize, bits = floats.Model.OutputFractionBits(0), unequal = 0;
        float[] sample = new float[size], expected = new float[size];
        short[] counts = new short[size], found = new short[size];
        for (int count = short.MinValue; count <= short.MaxValue; count++)
        {
            Array.Fill(sample, count);
            Array.Fill(counts, (short)count);
            Assert.Equal(floats.Step(sample, 0, expected, 0), integers.StepCounts(counts, 0, found, 0));
            for (int i = 0; i < size; i++)
            {
                double unit = Math.ScaleB(expected[i], bits);
                if (unit != found[i]) unequal++;
                Assert.True(Math.Abs(unit - found[i]) <= 1, $"seed {Seed}, channel {i}, count {count}: expected {unit} units, found {found[i]}");
            }
        }
        output.WriteLine($"clip {clip}: {unequal} of {65536 * size} samples are one unit apart");
        // A half that float rounding pushes over an edge is rare.
        Assert.True(unequal < 65536 * size / 2000, $"{unequal} samples differ");
    }

    [Fact]
    public void Counts_give_the_answers_of_the_same_samples()
    {
        foreach (string name in new[] { "preprocessing and standardiser, w8a16", "preprocessing and standardiser, w4a16" })
        {
            Model model = Model.Load(QuantizedSpecimens.File(name));
            Session floats = new(model), integers = new(model);
            float[] expected = new float[model.OutputSize];
            short[] counts = new short[model.InputSize], found = new short[model.OutputSize];
            Random random = new(Seed);
            for (int step = 0; step < 200; step++)
            {
                for (int i = 0; i < counts.Length; i++) counts[i] = (short)random.Next(-4, 5);
                floats.Step(Array.ConvertAll(counts, count => (float)count), 0, expected, 0);
                integers.StepCounts(counts, 0, found, 0);
                for (int i = 0; i < found.Length; i++)
                    Assert.Equal(expected[i], Math.ScaleB(found[i], -model.OutputFractionBits(i)), 2e-3);
            }
        }
    }

    [Fact]
    public void A_model_without_preprocessing_refuses_counts_and_nothing_changes()
    {
        Model model = Model.Load(QuantizedSpecimens.File("gru reset after, w8a16"));
        Assert.False(model.AcceptsCounts);
        Session session = new(model);
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => session.StepCounts(new short[3], 0, new short[2], 0));
        Assert.StartsWith("StepCounts: the model's file has no standardisation of its input; use StepQuantized", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, session.StepCount);
    }

    [Fact]
    public void A_model_with_float_layers_refuses_both_integer_entries()
    {
        Model mixed = Model.Load(QuantizedSpecimens.File("lstm, mixed")), floats = Specimens.Load("preprocessing and standardiser");
        foreach (Model model in new[] { mixed, floats })
        {
            Session session = new(model);
            short[] input = new short[model.InputSize], answer = new short[model.OutputSize];
            Assert.Throws<ArgumentException>(() => session.StepQuantized(input, 0, answer, 0));
            Assert.Throws<ArgumentException>(() => session.StepCounts(input, 0, answer, 0));
            Assert.False(model.AcceptsCounts);
        }
    }

    [Fact]
    public void Buffers_too_short_for_counts_are_refused()
    {
        Model model = Model.Load(QuantizedSpecimens.File("preprocessing and standardiser, w8a16"));
        Session session = new(model);
        short[] counts = new short[model.InputSize], answer = new short[model.OutputSize];
        Assert.Throws<ArgumentException>(() => session.StepCounts(counts, 1, answer, 0));
        Assert.Throws<ArgumentException>(() => session.StepCounts(counts, 0, answer, 1));
        Assert.Throws<ArgumentException>(() => session.StepCounts(counts, -1, answer, 0));
        Assert.Equal(0, session.StepCount);
        session.StepCounts(counts, 0, answer, 0);
    }

    private static (float Mean, float InverseScale)[] Channels()
    {
        Random random = new(Seed);
        List<(float, float)> channels = [.. _channels];
        for (int i = 0; i < 24; i++)
            channels.Add(((float)(random.NextDouble() * 80_000 - 40_000), (float)Math.Pow(10, random.NextDouble() * 8 - 5)));
        return [.. channels];
    }

    // A model that answers its standardised input, in the input's format.
    private static Session Copying((float Mean, float InverseScale)[] channels, float clip)
    {
        Subgraph copy = Tests.Graphs.Chain(channels.Length, x => new ActivationNode("copy", x, Activation.Linear));
        RecurrentGraph graph = Tests.Graphs.Whole(copy, null, null,
            new Preprocessing([.. channels.Select(c => c.Mean)], [.. channels.Select(c => c.InverseScale)], clip));
        RecurrentGraph prepared = Quantizer.Prepare(graph);
        return new Session(Model.Load(ErnnWriter.Write(Quantizer.Quantize(prepared, IntervalBounds.Of(prepared), new QuantizationSettings()))));
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Converter.Quantize.Reference;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantize.Rounding;

/// <summary>Whole models: rounding for a calibration against plain rounding, judged by the answers.</summary>
public sealed class CalibratedModelTests(ITestOutputHelper output)
{
    private const int Seeds = 6;

    public static TheoryData<string> Kinds => [.. new RoundingModels(0).Kinds];

    // Also shows that every correction of a bias lands in the row it is for: a wrong one would lose more than rounding does.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Answers_to_new_inputs_err_less_than_with_plain_rounding(string kind)
    {
        double plain = 0, calibrated = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            RecurrentGraph graph = new RoundingModels(seed).Model(kind);
            IntegerConverter converter = Converter(graph, Recording(2000, seed));
            StepArray fresh = Recording(1000, seed + 100);
            plain += Error(converter.Prepared, Plain(converter, Scheme.W8A16), fresh);
            calibrated += Error(converter.Prepared, converter.Quantize(new QuantizationSettings()), fresh);
        }
        output.WriteLine($"{kind}: {plain:e2} with plain rounding, {calibrated:e2} calibrated");
        Assert.True(calibrated < 0.5 * plain, $"seeds 0 to {Seeds - 1}: {plain:e2} with plain rounding, {calibrated:e2} calibrated");
    }

    [Theory]
    [InlineData(Scheme.W8A16)]
    [InlineData(Scheme.W4A16)]
    public void No_layer_alone_makes_the_answers_of_the_calibration_worse_than_plain_rounding(Scheme scheme)
    {
        foreach (string kind in Kinds.Select(row => row.Data))
        {
            IntegerConverter converter = Converter(new RoundingModels(1).Model(kind), Recording(300, 1));
            foreach (string layer in converter.LayerNames)
            {
                QuantizationSettings settings = new() { Default = Scheme.F32, Layers = new Dictionary<string, Scheme> { [layer] = scheme } };
                QuantizedGraph plain = Quantizer.Quantize(converter.Prepared, converter.ValueRanges, settings);
                double before = Error(converter.Prepared, plain, converter.Recording!);
                double after = Error(converter.Prepared, converter.Quantize(settings), converter.Recording!);
                Assert.True(after <= before, $"seed 1, {kind}, {layer}: {before:e3} with plain rounding, {after:e3} calibrated");
            }
        }
    }

    [Fact]
    public void A_layer_asked_for_again_is_not_rounded_again()
    {
        IntegerConverter converter = Converter(new RoundingModels(2).Model("gru, reset after"), Recording(300, 2));
        QuantizedGraph first = converter.Quantize(new QuantizationSettings());
        QuantizedGraph second = converter.Quantize(new QuantizationSettings
        {
            Layers = new Dictionary<string, Scheme> { ["head"] = Scheme.W16A16 },
        });
        Assert.Same(first.Main.Nodes[0], second.Main.Nodes[0]);
        Assert.NotSame(first.Main.Nodes[1], second.Main.Nodes[1]);
    }

    [Fact]
    public void The_same_calibration_gives_the_same_file()
    {
        RecurrentGraph graph = new RoundingModels(3).Model("lstm with projection");
        byte[] first = Converter(graph, Recording(400, 3)).Convert(new QuantizationSettings());
        Assert.Equal(first, Converter(graph, Recording(400, 3)).Convert(new QuantizationSettings()));
    }

    [Fact]
    public void Without_a_calibration_every_weight_goes_to_the_nearest_integer()
    {
        RecurrentGraph graph = new RoundingModels(4).Model("gru, reset before");
        QuantizedNode node = new IntegerConverter(graph).Quantize(new QuantizationSettings()).Main.Nodes[0];
        GruNode source = (GruNode)node.Source, rounded = (GruNode)node.Dequantized;
        int columns = source.OutputSize;
        for (int row = 0; row < source.RecurrentWeights.Shape[0]; row++)
        {
            float[] values = source.RecurrentWeights.Data[(row * columns)..((row + 1) * columns)];
            double half = values.Max(MathF.Abs) / 127.0 / 2;
            Assert.All(values.Zip(rounded.RecurrentWeights.Data[(row * columns)..]), pair =>
                Assert.True(Math.Abs(pair.First - pair.Second) <= 1.0001 * half, $"seed 4: {pair.First} became {pair.Second}"));
        }
    }

    // The decoder of this model never runs in so short a recording; nothing is known of its inputs.
    [Fact]
    public void Layers_that_never_ran_are_rounded_plainly()
    {
        IntegerConverter converter = new(new RoundingModels(5).Forecaster(windowLength: 20), Recording(15, 5));
        QuantizedGraph plain = Plain(converter, Scheme.W8A16), quantized = converter.Quantize(new QuantizationSettings());
        Assert.Equal(plain.Decoder!.Nodes[0].Weights[0].Stored.Data, quantized.Decoder!.Nodes[0].Weights[0].Stored.Data);
        Assert.Equal(((GruNode)plain.Decoder.Nodes[0].Dequantized).Bias.Data, ((GruNode)quantized.Decoder.Nodes[0].Dequantized).Bias.Data);
    }

    [Fact]
    public void Random_graphs_convert_and_load_in_every_scheme()
    {
        for (int seed = 0; seed < LongRun.Choose(60, 1000); seed++)
        {
            RecurrentGraph graph = RandomGraphs.Create(seed);
            IntegerConverter converter = new(graph, Recordings.Noise(40, graph.Main.InputSize, seed));
            foreach (Scheme scheme in new[] { Scheme.W8A16, Scheme.W8A8, Scheme.W4A16 })
            {
                try
                {
                    Model.Load(converter.Convert(new QuantizationSettings { Default = scheme }));
                }
                catch (ConversionException refused)
                {
                    Assert.True(refused.Message.Contains("keep this layer in float", StringComparison.Ordinal), $"seed {seed}: {refused.Message}");
                }
            }
        }
    }

    // Ranges without headroom or cut outliers: the calibration sees the recording as it is.
    private static IntegerConverter Converter(RecurrentGraph graph, StepArray recording) =>
        new(graph, recording, new CalibrationOptions(RangeMethod.MinMax));

    private static QuantizedGraph Plain(IntegerConverter converter, Scheme scheme) =>
        Quantizer.Quantize(converter.Prepared, converter.ValueRanges, new QuantizationSettings { Default = scheme });

    // Noise beside a constant: means matter as much as what varies.
    private static StepArray Recording(int steps, int seed)
    {
        StepArray noise = Recordings.Noise(steps, RoundingModels.Inputs, seed);
        return new StepArray([Array.ConvertAll(noise.Sequences[0], value => 0.5f * value + 0.5f)], noise.Features);
    }

    private static double Error(RecurrentGraph graph, QuantizedGraph rounded, StepArray recording)
    {
        ReferenceRun expected = new(graph), found = new(rounded.Dequantized());
        double sum = 0;
        foreach (float[] row in recording.Sequences[0].Chunk(recording.Features))
        {
            double[]? a = expected.Step(row), b = found.Step(row);
            for (int i = 0; a != null && i < a.Length; i++) sum += (a[i] - b![i]) * (a[i] - b[i]);
        }
        return sum;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Reference;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantized;

/// <summary>Quantized specimens compute what their float models compute and, weights and input apart, nearly nothing else.</summary>
public sealed class QuantizedAccuracyTests(ITestOutputHelper output)
{
    private const int Steps = 300;

    public static TheoryData<string> Names => QuantizedSpecimens.Names;

    [Theory, MemberData(nameof(Names))]
    public void A_quantized_model_stays_near_its_float_model(string name)
    {
        // Of a feature's range. A weight is off by half of 1/32639, 1/127 or 1/7 of the largest in its row, and a few of them add up,
        // in states also over time; in w8a8 each value is off by half of 1/128 as well, in mixtures some are. Measured: 7e-4, 5e-2, 7e-2, 3e-1, 8e-2.
        double tolerance = QuantizedSpecimens.SchemeOf(name) switch { "w16a16" => 1e-3, "w8a16" => 0.06, "w8a8" => 0.15, QuantizedSpecimens.Mixed => 0.12, _ => 0.5 };
        double worst = Compare(QuantizedSpecimens.Make(name), QuantizedSpecimens.Source(name), roundInput: false);
        output.WriteLine($"largest difference {worst:E2}");
        Assert.True(worst <= tolerance, $"difference {worst:E2} of the range, allowed {tolerance:E1}");
    }

    [Theory, MemberData(nameof(Names))]
    public void Weights_apart_a_quantized_model_is_nearer_still(string name)
    {
        // 16-bit values are off by half a unit of 2^-15 of the range, at each layer and turn of a state; nothing else remains. 8-bit
        // values are 256 times as coarse. Measured: 5e-4 and 7e-2.
        double tolerance = QuantizedSpecimens.SchemeOf(name) switch { "w8a8" or QuantizedSpecimens.MixedIntegers => 0.15, QuantizedSpecimens.Mixed => 0.03, _ => 1e-3 };
        QuantizedGraph quantized = QuantizedSpecimens.Make(name);
        double worst = Compare(quantized, quantized.Dequantized(), roundInput: true);
        output.WriteLine($"largest difference {worst:E2}");
        Assert.True(worst <= tolerance, $"difference {worst:E2} of the range, allowed {tolerance:E1}");
    }

    [Theory]
    [InlineData("w16a16")]
    [InlineData("w8a16")]
    [InlineData("w8a8")]
    [InlineData("w4a16")]
    public void Argmax_names_the_largest_of_what_it_reads(string scheme)
    {
        string name = "different formats, " + scheme;
        Session session = new(Specimens.Load(name));
        RecurrentGraph graph = QuantizedSpecimens.Source(name);
        int place = graph.Main.Outputs.Take(graph.Main.Nodes.ToList().FindIndex(node => node is ArgMaxNode)).Sum(segment => segment.Length);
        float[] answer = new float[session.Model.OutputSize];
        HashSet<float> seen = [];
        foreach (float[] x in QuantizedSpecimens.Signal(graph, Steps))
        {
            session.Step(x, 0, answer, 0);
            // It reads the first eight features of the answer, brought to the coarser format of the two, 2^-10.
            Assert.InRange(answer[(int)answer[place]], answer[..8].Max() - 1 / 1024f, float.MaxValue);
            seen.Add(answer[place]);
        }
        Assert.True(seen.Count > 3, "few features were ever named");
    }

    // The largest difference, in units of the feature's largest magnitude where that exceeds 1.
    private static double Compare(QuantizedGraph quantized, RecurrentGraph reference, bool roundInput)
    {
        Session session = new(Model.Load(Converter.Emit.ErnnWriter.Write(quantized)));
        ReferenceRun run = new(reference);
        double[] differences = new double[session.Model.OutputSize], largest = new double[session.Model.OutputSize];
        Array.Fill(largest, 1);
        foreach (float[] x in QuantizedSpecimens.Signal(reference, Steps))
        {
            float[] found = new float[session.Model.OutputSize];
            int status = session.Step(x, 0, found, 0);
            double[]? expected = roundInput ? run.StepStandardised(Rounded(x, reference.Preprocessing, session.Model.InputFractionBits)) : run.Step(x);
            Assert.Equal(expected != null, (status & StepStatus.OutputReady) != 0);
            for (int i = 0; i < (expected?.Length ?? 0); i++)
            {
                largest[i] = Math.Max(largest[i], Math.Abs(expected![i]));
                differences[i] = Math.Max(differences[i], Math.Abs(found[i] - expected[i]));
            }
        }
        // An index is right or wrong: two that are nearly as large may change places.
        bool[] isIndex = [.. (reference.Decoder ?? reference.Main).Outputs.SelectMany(segment => Enumerable.Repeat(
            segment.Value > 0 && (reference.Decoder ?? reference.Main).Nodes[segment.Value - 1] is ArgMaxNode, segment.Length))];
        double worst = 0;
        for (int i = 0; i < differences.Length; i++)
        {
            if (!isIndex[i % isIndex.Length]) worst = Math.Max(worst, differences[i] / largest[i]);
        }
        return worst;
    }

    private static double[] Rounded(float[] sample, Preprocessing? preprocessing, int bits)
    {
        double[] rounded = new double[sample.Length];
        for (int i = 0; i < sample.Length; i++)
        {
            double value = preprocessing == null ? sample[i] : ReferenceRun.Standardise(preprocessing, sample[i], i);
            rounded[i] = Math.ScaleB(Math.Clamp(Math.Floor(Math.ScaleB(value, bits) + 0.5), -32767, 32767), -bits);
        }
        return rounded;
    }
}

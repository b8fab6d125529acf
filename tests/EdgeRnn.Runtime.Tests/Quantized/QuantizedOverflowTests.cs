using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantized;

/// <summary>Rows at the limit of the converter's proof, with the inputs that come nearest to it: no accumulator wraps.</summary>
public sealed class QuantizedOverflowTests
{
    private const int Seed = 20261126;

    public static TheoryData<string, int> Cases =>
        [.. new[] { "w16a16", "w8a16", "w8a8", "w4a16" }.SelectMany(scheme =>
            new[] { 1, 31, 128, 129, 479, 480, 513, 517, 961, 2000, 20_000 }.Select(columns => new TheoryDataRow<string, int>(scheme, columns)))];

    [Theory, MemberData(nameof(Cases))]
    public void Rows_at_the_limit_of_the_proof_agree_with_a_64_bit_accumulator(string scheme, int columns)
    {
        RecurrentGraph graph = Graphs.Whole(Graphs.Chain(columns, x => new DenseNode("dense", x, Weights(columns), null, Activation.Linear)));
        // An output format that holds the largest sum, which random inputs come nowhere near.
        QuantizedGraph quantized = QuantizedSpecimens.Make(graph, IntegerGraphs.Magnified(graph, 2 + 2 * MathF.Sqrt(columns)), scheme);
        QuantizedWeights weights = quantized.Main.Nodes[0].Weights[0];
        Assert.All(weights.RowBounds, bound => Assert.InRange(bound, 0, (1L << 31) - 1));
        Model model = Model.Load(ErnnWriter.Write(quantized));
        Session session = new(model);
        short[] input = new short[columns], answer = new short[model.OutputSize];
        for (int row = 0; row < model.OutputSize; row++)
        {
            // The signs of a row: each of its products has the largest magnitude and one sign.
            foreach (int sign in new[] { 1, -1 })
            {
                for (int i = 0; i < columns; i++)
                    input[i] = (short)(sign * (weights.Dequantized.Data[row * columns + i] < 0 ? -32767 : 32767));
                session.StepQuantized(input, 0, answer, 0);
                for (int i = 0; i < answer.Length; i++) Check(weights.Dequantized, model, input, i, answer[i], scheme, row);
            }
        }
    }

    // The sum that 64 bits hold, from weights and inputs as the integers stand for them.
    private static void Check(Tensor weights, Model model, short[] input, int row, short found, string scheme, int signs)
    {
        double sum = 0;
        for (int i = 0; i < input.Length; i++)
        {
            double x = scheme == "w8a8" ? Math.Clamp((input[i] + 128) >> 8, -127, 127) * 256.0 : input[i];
            sum += weights.Data[row * input.Length + i] * x;
        }
        double expected = Math.ScaleB(sum, model.OutputFractionBits(row) - model.InputFractionBits);
        Assert.InRange(expected, -32767, 32767);
        // One rounding for each block and one for the value; the float32 of a dequantized weight adds 2^-24 of itself.
        Assert.True(Math.Abs(found - expected) <= 2, $"seed {Seed}, signs of row {signs}, row {row}: {found}, a wide accumulator gives {expected:F1}");
    }

    // Rows of equal magnitudes are the worst for a scale: every integer is the largest. Others are a mixture.
    private static Tensor Weights(int columns)
    {
        Random random = new(Seed);
        List<float> weights = [];
        for (int row = 0; row < 6; row++)
        {
            for (int i = 0; i < columns; i++)
            {
                float magnitude = row < 3 ? 1 : row == 3 ? (float)random.NextDouble() : i % 32 == row ? 1 : 0.999f;
                weights.Add(row == 0 || random.Next(2) == 0 ? magnitude : -magnitude);
            }
        }
        return new Tensor([.. weights], 6, columns);
    }
}

using System;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Measure;
using EdgeRnn.Runtime;

namespace EdgeRnn.Benchmarks;

/// <summary>
/// The products that layers are made of, alone: a float matrix and quantized ones of the same shape, in turn, so that all meet
/// the same clock frequency. The shapes are the recurrent weights of GRUs. The last columns are the loops that devices run, compiled here:
/// weights as in the file, and two rows in one long.
/// </summary>
public static class ProductRun
{
    private const int Seed = 20240602;
    private static readonly (int Rows, int Columns)[] _shapes = [(48, 16), (96, 32), (192, 64), (384, 128), (768, 256)];

    /// <summary>Measures and prints one table: nanoseconds per product, medians of several runs.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="turns">How long to measure.</param>
    public static void Table(TextWriter writer, Turns turns)
    {
        writer.WriteLine();
        writer.WriteLine("| product | float ns | w8a16 ns | w8a8 ns | w4a16 ns | w8a16 / float | without vectors: w8a16 ns | rows in pairs ns |");
        writer.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach ((int rows, int columns) in _shapes)
        {
            double[] ns = turns.Medians(
                [
                    Float(rows, columns), Quantized(rows, columns, 8, false), Quantized(rows, columns, 8, true),
                    Quantized(rows, columns, 4, false), Quantized(rows, columns, 8, false, new WeightPacking(0) { LeavesOutVectors = true }),
                    Quantized(rows, columns, 8, false, new WeightPacking(int.MaxValue)),
                ]);
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {rows}x{columns} | {ns[0]:F0} | {ns[1]:F0} | {ns[2]:F0} | {ns[3]:F0} | {ns[1] / ns[0]:F2} | {ns[4]:F0} | {ns[5]:F0} |"));
        }
    }

    private static Action Float(int rows, int columns)
    {
        Random random = new(Seed);
        float[] weights = [.. Enumerable.Range(0, rows * columns).Select(_ => random.NextSingle() - 0.5f)];
        WeightMatrix matrix = new(weights, 0, rows, columns);
        float[] memory = new float[columns + rows];
        for (int i = 0; i < columns; i++) memory[i] = random.NextSingle() - 0.5f;
        return () => matrix.AddProduct(memory, 0, memory, columns);
    }

    private static Action Quantized(int rows, int columns, int weightBits, bool narrow, WeightPacking? packing = null)
    {
        const int Mantissa = 1 << 23, Shift = 40;
        Random random = new(Seed);
        int[] mantissas = [.. Enumerable.Repeat(Mantissa, rows)], shifts = [.. Enumerable.Repeat(Shift, rows)];
        byte[] weights = new byte[rows * columns * weightBits / 8], multipliers = new byte[rows * ((columns + 31) / 32)];
        random.NextBytes(weights);
        random.NextBytes(multipliers);
        QuantizedBlock block = weightBits == 8
            ? new(0, columns, [.. weights.Select(weight => (sbyte)Math.Max(-127, weight - 128))], mantissas, shifts)
            : new(0, columns, weights, multipliers, mantissas, shifts);
        QuantizedMatrix matrix = new([block], 0, rows, narrow, packing);
        int[] memory = new int[columns + rows + matrix.ScratchSize];
        int limit = narrow ? 127 : 32767;
        for (int i = 0; i < columns; i++) memory[i] = random.Next(-limit, limit + 1);
        return () => matrix.AddProduct(memory, 0, columns, columns + rows);
    }
}

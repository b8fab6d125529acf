using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>
/// A quantized matrix of random shape, blocks and values, extremes among them, and memory [gap | x | gap | y | gap | scratch | gap].
/// </summary>
internal sealed class MatrixCase
{
    private const int PreLimit = 1 << 29;

    public MatrixCase(Random random, int mostColumns)
    {
        Rows = random.Next(3) == 0 ? random.Next(1, 150) : random.Next(1, 70);
        FirstRow = random.Next(3);
        Narrow = random.Next(4) == 0;
        int columns = random.Next(3) == 0 ? random.Next(1, mostColumns) : random.Next(1, 70);
        // Long enough for sums to wrap.
        if (random.Next(40) == 0) (Rows, columns) = (random.Next(1, 12), random.Next(4_000, 5_000));
        List<QuantizedBlock> blocks = [];
        for (int first = 0; first < columns;)
        {
            int count = random.Next(2) == 0 ? columns - first : random.Next(1, columns - first + 1);
            blocks.Add(Block(random, first, count));
            if (random.Next(4) == 0) blocks.Add(Block(random, first, count));
            first += count;
        }
        Blocks = [.. blocks];
        X = random.Next(9);
        Y = X + columns + random.Next(9);
        Scratch = Y + Rows + random.Next(9);
        ScratchSize = new QuantizedMatrix(Blocks, FirstRow, Rows, Narrow).ScratchSize;
        Memory = new int[Scratch + ScratchSize + random.Next(9)];
        for (int i = 0; i < Memory.Length; i++) Memory[i] = random.Next(int.MinValue, int.MaxValue);
        int limit = Narrow ? 127 : 32767, kind = random.Next(4);
        for (int i = 0; i < columns; i++) Memory[X + i] = Value(random, kind, limit);
        for (int i = 0; i < Rows; i++) Memory[Y + i] = Value(random, random.Next(4), PreLimit);
    }

    public int Rows { get; }
    public int FirstRow { get; }
    public bool Narrow { get; }
    public QuantizedBlock[] Blocks { get; }
    public int X { get; }
    public int Y { get; }
    public int Scratch { get; }
    public int ScratchSize { get; }
    public int[] Memory { get; }

    /// <summary>Compares memory after a product, and that nothing behind the scratch was touched.</summary>
    public void AssertSame(int[] expected, int[] found, string where)
    {
        for (int i = 0; i < Scratch; i++)
            Assert.True(expected[i] == found[i], $"{where}, {this}, element {i}: expected {expected[i]}, found {found[i]}");
        for (int i = Scratch + ScratchSize; i < found.Length; i++)
            Assert.True(Memory[i] == found[i], $"{where}, {this}: element {i} behind the scratch was touched");
    }

    public override string ToString()
    {
        IEnumerable<string> blocks = Blocks.Select(block =>
            $"{block.FirstColumn}+{block.ColumnCount}{(block.Nibbles == null ? "" : " of 4 bits")}");
        return $"{Rows} rows from {FirstRow}, narrow {Narrow}, blocks {string.Join(", ", blocks)}";
    }

    private QuantizedBlock Block(Random random, int firstColumn, int count)
    {
        int rows = FirstRow + Rows + random.Next(3), kind = random.Next(4), shiftKind = random.Next(3);
        int[] mantissas = new int[rows], shifts = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            mantissas[row] = random.Next(8) == 0 ? (1 << 24) - 1 : random.Next(1 << 23, 1 << 24);
            shifts[row] = shiftKind == 0 ? random.Next(1, 63) : random.Next(25, shiftKind == 1 ? 63 : 40);
        }
        if (random.Next(3) > 0)
        {
            sbyte[] weights = [.. Enumerable.Range(0, rows * count).Select(_ => (sbyte)Value(random, kind, 127))];
            return new QuantizedBlock(firstColumn, count, weights, mantissas, shifts);
        }
        byte[] nibbles = new byte[rows * ((count + 1) / 2)], multipliers = new byte[rows * ((count + 31) / 32)];
        random.NextBytes(nibbles);
        random.NextBytes(multipliers);
        if (kind == 0) Array.Fill(multipliers, byte.MaxValue);
        if (kind == 0) Array.Fill(nibbles, (byte)(random.Next(2) == 0 ? 0x77 : 0x99));
        return new QuantizedBlock(firstColumn, count, nibbles, multipliers, mantissas, shifts);
    }

    private static int Value(Random random, int kind, int limit) => kind switch
    {
        0 => limit,
        1 => random.Next(2) == 0 ? limit : -limit,
        2 => random.Next(4) == 0 ? -limit : random.Next(-limit, limit + 1),
        _ => random.Next(-limit, limit + 1),
    };
}

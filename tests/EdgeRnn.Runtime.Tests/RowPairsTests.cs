using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>Two rows of weights in one long give the bits of the definition, or are not made.</summary>
public sealed class RowPairsTests
{
    private const int Seed = 20261208;
    private const int Plenty = 1 << 28;

    // What a row's magnitudes may add up to when inputs reach 32767: the sum of the products then just fits 32 bits.
    private const int MostWeight = int.MaxValue / 32767;

    [Fact]
    public void Pairs_give_the_same_bits_as_the_definition_and_touch_nothing_else()
    {
        int paired = 0, trials = LongRun.Choose(600, 20_000);
        for (int trial = 0; trial < trials; trial++)
        {
            MatrixCase product = new(new Random(Seed + trial), 600);
            WeightPacking packing = new(Plenty);
            QuantizedMatrix matrix = new(product.Blocks, product.FirstRow, product.Rows, product.Narrow, packing);
            if (packing.PairBytes > 0) paired++;
            int[] expected = [.. product.Memory], found = [.. product.Memory];
            QuantizedMatrix.AddProductPortable(product.Blocks, product.FirstRow, product.Rows, expected, product.X, product.Y);
            matrix.AddProduct(found, product.X, product.Y, product.Scratch);
            product.AssertSame(expected, found, $"seed {Seed} + {trial}, {packing.PairBytes} bytes of pairs");
        }
        // The rest are single rows, or rows whose sums may wrap.
        Assert.InRange(paired, trials / 2, trials - 1);
    }

    [Fact]
    public void Every_small_shape_gives_the_same_bits()
    {
        Random random = new(Seed);
        for (int rows = 2; rows < 8; rows++)
        {
            for (int columns = 1; columns < 35; columns++)
            {
                sbyte[] weights = [.. Enumerable.Range(0, rows * columns).Select(_ => (sbyte)random.Next(-127, 128))];
                AssertPairedAndSame(weights, rows, columns, _ => random.Next(-32767, 32768));
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, -1)]
    [InlineData(-1, 1)]
    [InlineData(-1, -1)]
    public void Rows_at_the_proven_bound_do_not_reach_their_neighbours(int lowSign, int highSign)
    {
        int columns = (MostWeight + 126) / 127;
        foreach (int input in new[] { 32767, -32767 })
        {
            sbyte[] weights = [.. Row(lowSign, MostWeight), .. Row(highSign, MostWeight), .. Row(lowSign, MostWeight)];
            AssertPairedAndSame(weights, 3, columns, _ => input);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_matrix_with_one_row_beyond_the_bound_is_not_paired(int row)
    {
        int[] sums = [MostWeight, MostWeight, MostWeight];
        Assert.NotEqual(0, PairBytesOf(sums));
        sums[row]++;
        Assert.Equal(0, PairBytesOf(sums));
    }

    [Fact]
    public void Inputs_of_8_bits_allow_longer_rows()
    {
        const int Columns = 2 * (MostWeight / 127);
        QuantizedBlock block = BlockOf([.. Enumerable.Repeat((sbyte)127, 2 * Columns)], 2, Columns);
        Assert.Null(RowPairs.Of([block], 0, 2, 32767, new WeightPacking(Plenty)));
        Assert.NotNull(RowPairs.Of([block], 0, 2, 127, new WeightPacking(Plenty)));
    }

    [Fact]
    public void A_pair_takes_eight_bytes_and_the_allowance_is_kept_to_the_byte()
    {
        const int Rows = 5, Columns = 7, Bytes = 3 * Columns * 8;
        QuantizedBlock block = BlockOf(new sbyte[Rows * Columns], Rows, Columns);
        WeightPacking enough = new(Bytes), tooLittle = new(Bytes - 1), none = new(0);
        Assert.NotNull(RowPairs.Of([block], 0, Rows, 32767, enough));
        Assert.Equal(Bytes, enough.PairBytes);
        Assert.Null(RowPairs.Of([block], 0, Rows, 32767, enough));
        Assert.Equal(Bytes, enough.PairBytes);
        Assert.Null(RowPairs.Of([block], 0, Rows, 32767, tooLittle));
        Assert.Null(RowPairs.Of([block], 0, Rows, 32767, none));
        Assert.Equal(0, tooLittle.PairBytes);
    }

    [Fact]
    public void A_single_row_has_no_partner()
    {
        QuantizedBlock block = BlockOf(new sbyte[9], 1, 9);
        Assert.Null(RowPairs.Of([block], 0, 1, 32767, new WeightPacking(Plenty)));
    }

    // 127s, and what is left of the sum.
    private static sbyte[] Row(int sign, int sum) =>
        [.. Enumerable.Range(0, (MostWeight + 126) / 127).Select(i => (sbyte)(sign * Math.Clamp(sum - 127 * i, 0, 127)))];

    private static int PairBytesOf(int[] sums)
    {
        WeightPacking packing = new(Plenty);
        sbyte[] weights = [.. sums.SelectMany(sum => Row(1, sum))];
        RowPairs.Of([BlockOf(weights, sums.Length, weights.Length / sums.Length)], 0, sums.Length, 32767, packing);
        return packing.PairBytes;
    }

    private static QuantizedBlock BlockOf(sbyte[] weights, int rows, int columns) =>
        new(0, columns, weights, [.. Enumerable.Repeat((1 << 24) - 1, rows)], [.. Enumerable.Repeat(30, rows)]);

    private static void AssertPairedAndSame(sbyte[] weights, int rows, int columns, Func<int, int> input)
    {
        QuantizedBlock block = BlockOf(weights, rows, columns);
        RowPairs[]? pairs = RowPairs.Of([block], 0, rows, 32767, new WeightPacking(Plenty));
        Assert.NotNull(pairs);
        int[] expected = [.. Enumerable.Range(0, columns).Select(input), .. new int[rows]], found = [.. expected];
        QuantizedMatrix.AddProductPortable([block], 0, rows, expected, 0, columns);
        pairs[0].AddProduct(found, 0, columns);
        Assert.True(expected.AsSpan().SequenceEqual(found), $"seed {Seed}, {rows} x {columns}: the pre-activations differ");
    }
}

using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>Products of every number of rows: full panels, filled-up panels and the rows that stay loose.</summary>
public sealed class WeightMatrixTests
{
    private const int Seed = 20261123;
    private const int LargestRows = 140; // two wide panels and every remainder

    // Sums of at most 97 products below 1/4 in either order: 97 half units of sums below 25.
    private const double Tolerance = 2e-4;

    private static readonly int[] _columns = [1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 41, 64, 97];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Products_of_any_shape_start_at_the_bias_and_see_nothing_beside_their_input(bool hasBias)
    {
        Random random = new(Seed);
        for (int rows = 1; rows <= LargestRows; rows++)
        {
            foreach (int columns in _columns)
            {
                float[] w = Numbers(random, rows * columns), x = Numbers(random, columns), bias = Numbers(random, rows);
                // A number that is none would show in the answer, even multiplied by zero.
                float[] memory = [float.NaN, .. x, float.NaN, .. Enumerable.Repeat(7f, rows), float.NaN];
                float[] expected = hasBias ? [.. bias] : new float[rows];
                WeightMatrix.AddProductPortable(w, rows, columns, x, 0, expected, 0);
                new WeightMatrix([.. w], 0, rows, columns).SetAffine(hasBias ? [float.NaN, .. bias] : null, 1, memory, 1, memory, columns + 2);
                for (int row = 0; row < rows; row++)
                {
                    float found = memory[columns + 2 + row];
                    Assert.True(Math.Abs(expected[row] - found) <= Tolerance, $"seed {Seed}, [{rows}, {columns}], row {row}: {expected[row]:R}, found {found:R}");
                }
                Assert.True(float.IsNaN(memory[0]) && float.IsNaN(memory[columns + 1]) && float.IsNaN(memory[^1]), $"[{rows}, {columns}]: wrote beside its rows");
            }
        }
    }

    [Fact]
    public void A_packed_matrix_leaves_its_tensor_as_it_was()
    {
        float[] tensor = Numbers(new Random(Seed), 70 * 5), copy = [.. tensor];
        float[] y = new float[64];
        new WeightMatrix(tensor, 3, 64, 5).AddProduct(new float[5], 0, y, 0);
        Assert.Equal(copy, tensor);
    }

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
}

using System.Linq;
using EdgeRnn.Converter.Quantize.Rounding;

namespace EdgeRnn.Tests.Quantize.Rounding;

/// <summary>Means and products of what a matrix multiplies.</summary>
public sealed class InputMomentsTests
{
    // Two orders of summation in double.
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(201)]
    public void Moments_are_those_of_the_definition(int stepCount)
    {
        double[][] steps = new ProductSamples(9, 1).Take(stepCount);
        InputMoments moments = ProductSamples.Moments(steps, 9), squares = ProductSamples.Moments(steps, 9, isFull: false);
        Assert.Equal(stepCount, moments.Weight);
        for (int i = 0; i < 9; i++)
        {
            Assert.Equal(steps.Average(x => x[i]), moments.Mean(i), Tolerance);
            Assert.Equal(steps.Average(x => x[i] * x[i]), squares.Product(i, i), Tolerance);
            for (int j = 0; j < 9; j++)
            {
                Assert.Equal(steps.Average(x => x[i] * x[j]), moments.Product(i, j), Tolerance);
                if (i != j) Assert.Equal(0, squares.Product(i, j));
            }
        }
    }

    [Fact]
    public void A_step_far_beyond_the_usual_counts_like_one_at_its_limit()
    {
        double[][] steps = new ProductSamples(5, 2).Take(640);
        double usual = ProductSamples.Moments(steps, 5).Product(0, 0);
        steps[100] = [1e9, 0, 0, 0, 0];
        double spoilt = ProductSamples.Moments(steps, 5).Product(0, 0);
        Assert.InRange(spoilt, 0.9 * usual, 1.5 * usual);
    }

    [Fact]
    public void An_event_after_silence_counts_in_full()
    {
        double[][] steps = [.. Enumerable.Repeat(new double[3], 10_000), .. new ProductSamples(3, 3).Take(100)];
        InputMoments moments = ProductSamples.Moments(steps, 3);
        Assert.Equal(steps.Average(x => x[1] * x[1]), moments.Product(1, 1), Tolerance);
    }

    [Fact]
    public void Steps_that_are_not_finite_are_left_out()
    {
        double[][] steps = new ProductSamples(4, 4).Take(50);
        double[][] holes = [[1, double.NaN, 0, 0], .. steps, [double.PositiveInfinity, 0, 0, 0]];
        Assert.Equal(ProductSamples.Moments(steps, 4).Mean(2), ProductSamples.Moments(holes, 4).Mean(2));
    }

    [Fact]
    public void Nothing_and_zeros_are_silence()
    {
        Assert.True(ProductSamples.Moments([], 3).IsSilent);
        Assert.True(ProductSamples.Moments([new double[3], new double[3]], 3).IsSilent);
        Assert.False(ProductSamples.Moments([[0, 0, 1e-9]], 3).IsSilent);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Benchmarks;
using EdgeRnn.Converter.Measure;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Tests.Measure;

public sealed class MachineLimitTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(511)]
    [InlineData(513)]
    [InlineData(3328)]
    public void Stream_limit_reads_every_byte(int bytes)
    {
        StreamLimit limit = new(bytes);
        long sum = limit.Sum(1);
        Assert.Equal(unchecked(3 * sum), limit.Sum(3));
        Assert.InRange(limit.ByteCount, bytes, bytes + 63);
        for (int i = 0; i < bytes; i++)
        {
            limit.Bytes[i] ^= 1;
            Assert.True(sum != limit.Sum(1), $"byte {i} of {bytes} does not count");
            limit.Bytes[i] ^= 1;
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(48, 17)]
    [InlineData(96, 36)]
    [InlineData(129, 31)]
    [InlineData(192, 72)]
    [InlineData(500, 3)]
    public void Product_limit_multiplies_the_whole_matrix(int rows, int columns)
    {
        foreach (Scheme scheme in BenchmarkCase.Schemes)
        {
            ProductLimit limit = new(rows, columns, scheme);
            limit.Run(2);
            double[] answer = limit.Answer();
            Assert.Equal(rows, answer.Length);
            for (int row = 0; row < rows; row++)
            {
                double expected = limit.Inputs.Select((x, column) => (double)x * limit.Weights[row * columns + column]).Sum();
                // Floats: 500 terms below 0.25, each rounded to 2^-25 of at most 20; integers exactly.
                Assert.True(Math.Abs(expected - answer[row]) <= (scheme == Scheme.F32 ? 1e-4 : 0), $"{scheme} row {row}: {answer[row]}, expected {expected}");
            }
        }
    }

    [Fact]
    public void Limits_of_a_model_exist_where_it_has_weights()
    {
        Model model = Model.Load(new BenchmarkCase("lstm", 4, 32, Scheme.W8A16).File());
        Assert.True(MachineLimits.Exist(model));
        Assert.InRange(MachineLimits.Of(model).Stream.ByteCount, model.WeightBytes, model.WeightBytes + 63);
    }

    [Fact]
    public void Loops_take_turns_and_each_is_told_how_often()
    {
        List<string> calls = [];
        IReadOnlyList<Timing> times = new Turns(0.001, 3, 0.001).Measure(times => Call("a", times), times => Call("b", times));
        Assert.Equal(2, times.Count);
        Assert.All(times, timing => Assert.True(timing.LowestNs <= timing.LowestQuartileNs && timing.LowestQuartileNs <= timing.MedianNs &&
            timing.MedianNs <= timing.HighestNs));
        // Three runs of each at the end, untimed turns before each.
        Assert.Equal("aabbaabbaabb", string.Concat(calls.TakeLast(12)));

        void Call(string name, int times)
        {
            Assert.True(times >= 1);
            calls.Add(name);
        }
    }

    [Fact]
    public void Timing_has_median_quartile_and_ends() => Assert.Equal(new Timing(3, 1, 5, 2), Timing.Of([5, 3, 1, 2, 4]));
}

using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Reference;
using EdgeRnn.Tests.Quantize.Rounding;

namespace EdgeRnn.Tests.Quantize;

/// <summary>What the float64 run shows of its products.</summary>
public sealed class ProductObserverTests
{
    private const int Steps = 9;

    [Theory]
    [InlineData("dense", ProductKind.Input)]
    [InlineData("rnn", ProductKind.Input, ProductKind.Recurrent)]
    [InlineData("gru, reset after", ProductKind.Input, ProductKind.Recurrent)]
    [InlineData("gru, reset before", ProductKind.Input, ProductKind.Recurrent, ProductKind.GatedRecurrent)]
    [InlineData("lstm", ProductKind.Input, ProductKind.Recurrent)]
    [InlineData("lstm with projection", ProductKind.Input, ProductKind.Recurrent, ProductKind.Projection)]
    [InlineData("convolution in groups", ProductKind.Input, ProductKind.Input)]
    public void Every_product_of_a_layer_is_seen_at_every_step(string kind, params ProductKind[] expected)
    {
        Seen seen = Run(kind);
        ProductId[] products = [.. seen.Inputs.Keys.Where(product => product.Value == 1).OrderBy(product => product.Kind)];
        Assert.Equal(expected, products.Select(product => product.Kind));
        Assert.All(seen.Inputs.Values, steps => Assert.Equal(Steps, steps.Count));
    }

    [Fact]
    public void The_recurrent_product_reads_the_state_before_the_step()
    {
        Seen seen = Run("gru, reset before");
        List<double[]> before = seen.Inputs[new ProductId(GraphPart.Main, 1, ProductKind.Recurrent)];
        List<double[]> after = seen.Inputs[new ProductId(GraphPart.Main, 2, ProductKind.Input)];
        Assert.Equal(new double[before[0].Length], before[0]);
        for (int step = 1; step < Steps; step++) Assert.Equal(after[step - 1], before[step]);
    }

    // Kernel 5 with dilation 2 over 2 channels in each group; the oldest tap comes first.
    [Fact]
    public void A_group_of_a_convolution_reads_its_own_channels_tap_by_tap()
    {
        Seen seen = Run("convolution in groups");
        double[] taps = seen.Inputs[new ProductId(GraphPart.Main, 1, ProductKind.Input, 1)][Steps - 1];
        Assert.Equal([2, 3, 22, 23, 42, 43, 62, 63, 82, 83], taps);
    }

    // Channel c of step t is 10 t + c.
    private static Seen Run(string kind)
    {
        Seen seen = new();
        ReferenceRun run = new(new RoundingModels(1).Model(kind), products: seen);
        for (int step = 0; step < Steps; step++)
            run.Step([.. Enumerable.Range(0, RoundingModels.Inputs).Select(channel => 10f * step + channel)]);
        return seen;
    }

    private sealed class Seen : IProductObserver
    {
        public Dictionary<ProductId, List<double[]>> Inputs { get; } = [];

        public void Observe(ProductId product, ReadOnlySpan<double> x)
        {
            if (!Inputs.TryGetValue(product, out List<double[]>? steps)) Inputs[product] = steps = [];
            steps.Add(x.ToArray());
        }
    }
}

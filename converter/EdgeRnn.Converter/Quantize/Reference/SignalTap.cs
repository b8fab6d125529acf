using System;

namespace EdgeRnn.Converter.Quantize.Reference;

/// <summary>The place where one layer, or the input of one graph, shows its signals.</summary>
internal sealed class SignalTap(ISignalObserver? observer, IProductObserver? products, GraphPart graph, int value)
{
    public void Show(Signal kind, ReadOnlySpan<double> values) => Show(kind, Gate.None, values);

    public void Show(Signal kind, Gate gate, ReadOnlySpan<double> values) =>
        observer?.Observe(new SignalId(graph, value, kind, gate), values);

    public void Multiply(ProductKind kind, ReadOnlySpan<double> x) => Multiply(kind, 0, x);

    public void Multiply(ProductKind kind, int group, ReadOnlySpan<double> x) =>
        products?.Observe(new ProductId(graph, value, kind, group), x);
}

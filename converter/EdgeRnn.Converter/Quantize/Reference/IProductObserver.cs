using System;

namespace EdgeRnn.Converter.Quantize.Reference;

/// <summary>Sees what each weight matrix of a <see cref="ReferenceRun"/> multiplies.</summary>
public interface IProductObserver
{
    /// <summary>Called before each product, once per step of its layer.</summary>
    /// <param name="product">Which product.</param>
    /// <param name="x">One number per column of the matrix; valid during the call only.</param>
    void Observe(ProductId product, ReadOnlySpan<double> x);
}

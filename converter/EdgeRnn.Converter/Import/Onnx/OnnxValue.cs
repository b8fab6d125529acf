namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>What an ONNX tensor is at conversion: a known constant, or a value that flows through the graph.</summary>
/// <param name="shape">
/// Size of each axis as stored, outermost first; axes over time and batch have size 1, as one step of one stream is described.
/// </param>
internal abstract class OnnxValue(int[] shape)
{
    public int[] Shape { get; } = shape;

    public int Rank => Shape.Length;

    public int Count => Sizes.Product(Shape);

    /// <summary>A tensor of the same kind with elements chosen from this one.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="map">For each of its elements the index here.</param>
    public abstract OnnxValue Take(int[] shape, int[] map);

    /// <summary>The same elements under another shape of the same size.</summary>
    public abstract OnnxValue WithShape(int[] shape);

    /// <summary>The shape as text for messages.</summary>
    public string ShapeText => "[" + string.Join(", ", Shape) + "]";
}

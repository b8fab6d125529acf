namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>A recurrent layer and the graph inputs its states start from.</summary>
/// <param name="Node">The source node.</param>
/// <param name="Value">The value of the canonical graph it makes.</param>
internal sealed record RecurrentCell(OnnxNode Node, int Value)
{
    /// <summary>[outputSize] elements of state inputs that h starts from, or null.</summary>
    public StreamElement[]? HiddenStart { get; init; }

    /// <summary>[cellSize] elements of state inputs that c starts from, or null.</summary>
    public StreamElement[]? CellStart { get; init; }
}

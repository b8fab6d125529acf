namespace EdgeRnn.Converter.Quantize;

/// <summary>Names one product of a weight matrix, or of some of its rows.</summary>
/// <param name="Graph">Which graph.</param>
/// <param name="Value">k for node k - 1: the numbers segments use.</param>
/// <param name="Kind">What is multiplied.</param>
/// <param name="Group">Group of a convolution; 0 for other layers.</param>
public readonly record struct ProductId(GraphPart Graph, int Value, ProductKind Kind, int Group = 0);

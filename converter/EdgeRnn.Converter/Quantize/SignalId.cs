namespace EdgeRnn.Converter.Quantize;

/// <summary>Names one signal of a model.</summary>
/// <param name="Graph">Which graph.</param>
/// <param name="Value">0 for the graph's input, k for what node k - 1 computes: the numbers segments use.</param>
/// <param name="Kind">Which signal of it.</param>
/// <param name="Gate">Which gate of the cell; <see cref="Gate.None"/> where the signal belongs to none.</param>
public readonly record struct SignalId(GraphPart Graph, int Value, Signal Kind = Signal.Output, Gate Gate = Gate.None);

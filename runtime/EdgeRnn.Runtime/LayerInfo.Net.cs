namespace EdgeRnn.Runtime;

/// <summary>What a person wants to know about a layer.</summary>
/// <param name="Graph">"graph", or "encoder" and "decoder".</param>
/// <param name="Name">The layer's name.</param>
/// <param name="Kind">dense, lstm, gru, ...</param>
/// <param name="InputSize">Features read per step.</param>
/// <param name="OutputSize">Features produced per step.</param>
/// <param name="Parameters">Weights and biases, counted.</param>
/// <param name="MacsPerStep">Multiply-accumulates of one step.</param>
/// <param name="WeightBytes">Bytes of weights, biases and scales as they lie in the file; tensors that layers share count in each.</param>
/// <param name="StateBytes">Bytes of state in every session.</param>
/// <param name="Scheme">How it computes.</param>
/// <param name="FractionBits">k of its output in an integer model, held as v * 2^k in 16 bits; null in a float model.</param>
public sealed record LayerInfo(string Graph, string Name, string Kind, int InputSize, int OutputSize, int Parameters,
    long MacsPerStep, int WeightBytes, int StateBytes, Scheme Scheme, int? FractionBits);

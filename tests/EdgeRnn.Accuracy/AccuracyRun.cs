using System.Collections.Generic;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Accuracy;

/// <summary>One run over the models: where they come from and how they are quantized.</summary>
/// <param name="Sources">Models and recordings.</param>
/// <param name="Quantizer">Makes the quantized files.</param>
/// <param name="Scheme">Scheme of every layer that a mix does not name.</param>
public sealed record AccuracyRun(Sources Sources, IModelQuantizer Quantizer, string Scheme)
{
    private static readonly Dictionary<string, string> _noMix = [];

    /// <summary>A graph as float file and as quantized file.</summary>
    /// <param name="graph">The float graph.</param>
    /// <param name="calibrationRows">[steps][inputSize].</param>
    /// <param name="layerSchemes">Schemes by layer name; null for the scheme of the run everywhere.</param>
    public ModelPair Convert(RecurrentGraph graph, float[][] calibrationRows,
        IReadOnlyDictionary<string, string>? layerSchemes = null) =>
        new(ErnnWriter.Write(graph), Quantizer.Quantize(graph, calibrationRows, Scheme, layerSchemes ?? _noMix));
}

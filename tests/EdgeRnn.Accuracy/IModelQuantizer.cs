using System.Collections.Generic;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Accuracy;

/// <summary>What makes quantized files: the converter, or something a test puts in its place.</summary>
public interface IModelQuantizer
{
    /// <summary>The graph as quantized .ernn file.</summary>
    /// <param name="graph">The float graph; not changed.</param>
    /// <param name="calibrationRows">[steps][inputSize], what a user would record to find the ranges.</param>
    /// <param name="scheme">Scheme of the layers that <paramref name="layerSchemes"/> does not name.</param>
    /// <param name="layerSchemes">Schemes by layer name, or empty.</param>
    byte[] Quantize(RecurrentGraph graph, float[][] calibrationRows, string scheme,
        IReadOnlyDictionary<string, string> layerSchemes);

    /// <summary>The layers that the quantization report would keep at higher precision, with their schemes.</summary>
    /// <param name="graph">The float graph; not changed.</param>
    /// <param name="calibrationRows">[steps][inputSize].</param>
    /// <param name="budget">Largest size of weights, biases and scales, as a share of their size in float.</param>
    IReadOnlyDictionary<string, string> SuggestMix(RecurrentGraph graph, float[][] calibrationRows, double budget);

    /// <summary>Bytes of a file, its golden steps excluded.</summary>
    int SizeWithoutGoldenSteps(byte[] file);
}

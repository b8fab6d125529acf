using System.Collections.Generic;
using EdgeRnn.Accuracy;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Tests.Accuracy;

/// <summary>Quantizes nothing: every figure of the table must then show no change.</summary>
internal sealed class UnchangedModels : IModelQuantizer
{
    /// <inheritdoc/>
    public byte[] Quantize(RecurrentGraph graph, float[][] calibrationRows, string scheme,
        IReadOnlyDictionary<string, string> layerSchemes) => ErnnWriter.Write(graph);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> SuggestMix(RecurrentGraph graph, float[][] calibrationRows, double budget) =>
        new Dictionary<string, string>();

    /// <inheritdoc/>
    public int SizeWithoutGoldenSteps(byte[] file) => file.Length;
}

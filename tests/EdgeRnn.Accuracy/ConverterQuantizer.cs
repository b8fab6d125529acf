using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Report;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Accuracy;

/// <summary>The converter with its defaults, as a user calls it.</summary>
public sealed class ConverterQuantizer : IModelQuantizer
{
    /// <inheritdoc/>
    public byte[] Quantize(RecurrentGraph graph, float[][] calibrationRows, string scheme,
        IReadOnlyDictionary<string, string> layerSchemes) => Calibrated(graph, calibrationRows).Convert(new QuantizationSettings
        {
            Default = SchemeOf(scheme),
            Layers = layerSchemes.ToDictionary(layer => layer.Key, layer => SchemeOf(layer.Value)),
        });

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> SuggestMix(RecurrentGraph graph, float[][] calibrationRows, double budget) =>
        MixSearch.Suggest(Calibrated(graph, calibrationRows), budget: budget).Layers
            .ToDictionary(choice => choice.Layer, choice => SchemeName.Of(choice.Scheme));

    /// <inheritdoc/>
    public int SizeWithoutGoldenSteps(byte[] file) => GoldenSteps.Remove(file).Length;

    private static IntegerConverter Calibrated(RecurrentGraph graph, float[][] rows) => new(graph, StepArray.OfRows(rows));

    private static Scheme SchemeOf(string name) => SchemeName.TryParse(name, out Scheme scheme) ? scheme
        : throw new ConversionException($"'{name}' is not a scheme, expected one of {string.Join(", ", SchemeName.All)}");
}

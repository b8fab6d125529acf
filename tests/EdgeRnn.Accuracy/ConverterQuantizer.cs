using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Report;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Accuracy;

/// <summary>The converter with its defaults, as a user calls it.</summary>
public sealed class ConverterQuantizer : IModelQuantizer
{
    // FORMAT.md, "Header" and "Sections".
    private const int HeaderBytes = 64, SectionHeaderBytes = 16;

    /// <inheritdoc/>
    public byte[] Quantize(RecurrentGraph graph, float[][] calibrationRows, string scheme,
        IReadOnlyDictionary<string, string> layerSchemes)
    {
        IntegerConverter converter = new(graph, StepArray.OfRows(calibrationRows));
        return converter.Convert(new QuantizationSettings
        {
            Default = SchemeOf(scheme),
            Layers = layerSchemes.ToDictionary(layer => layer.Key, layer => SchemeOf(layer.Value)),
        });
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> SuggestMix(RecurrentGraph graph, float[][] calibrationRows, double budget) =>
        MixSearch.Suggest(new IntegerConverter(graph, StepArray.OfRows(calibrationRows)), budget: budget).Layers
            .ToDictionary(choice => choice.Layer, choice => SchemeName.Of(choice.Scheme));

    /// <inheritdoc/>
    public int SizeWithoutGoldenSteps(byte[] file)
    {
        int bytes = file.Length;
        for (int at = HeaderBytes; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            int section = SectionHeaderBytes + length + (-length & 3);
            if (file.AsSpan(at, 4).SequenceEqual("gold"u8)) bytes -= section;
            at += section;
        }
        return bytes;
    }

    private static Scheme SchemeOf(string name) => SchemeName.TryParse(name, out Scheme scheme) ? scheme
        : throw new ConversionException($"'{name}' is not a scheme, expected one of {string.Join(", ", SchemeName.All)}");
}

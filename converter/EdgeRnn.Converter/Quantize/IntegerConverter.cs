using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Converter.Verify;
using RangeCalibration = EdgeRnn.Converter.Quantize.Ranges.Calibration;

namespace EdgeRnn.Converter.Quantize;

/// <summary>
/// Everything from a float graph to an integer file. The recording is watched once; after that a graph can be rounded in
/// any number of ways.
/// </summary>
/// <example>
/// <code>
/// IntegerConverter converter = new(graph, StepArray.OfRows(rows));
/// byte[] file = converter.Convert(new QuantizationSettings { Default = Scheme.W8A16 });
/// </code>
/// </example>
public sealed class IntegerConverter
{
    /// <summary>Finds the ranges of all signals.</summary>
    /// <param name="graph">From an importer; not changed.</param>
    /// <param name="recording">What the sensors gave, [steps, inputSize] raw; null to take bounds instead, which the report calls
    /// UNCALIBRATED.</param>
    /// <param name="options">How ranges are chosen from the recording; null for the default.</param>
    /// <exception cref="ConversionException">The recording has other channels than the model, or no good step.</exception>
    public IntegerConverter(RecurrentGraph graph, StepArray? recording = null, CalibrationOptions? options = null)
    {
        Source = graph;
        Prepared = Quantizer.Prepare(graph);
        Recording = recording;
        Calibration = recording == null ? null : RangeCalibration.Run(Prepared, recording, options);
        ValueRanges = Calibration?.Ranges ?? IntervalBounds.Of(Prepared);
    }

    /// <summary>The float graph as it came.</summary>
    public RecurrentGraph Source { get; }

    /// <summary>The graph whose signals have ranges: the source with layers that bring values to one format.</summary>
    public RecurrentGraph Prepared { get; }

    /// <summary>What the ranges come from, or null.</summary>
    public StepArray? Recording { get; }

    /// <summary>What the recording showed, or null.</summary>
    public CalibrationResult? Calibration { get; }

    /// <summary>Ranges of all signals of <see cref="Prepared"/>.</summary>
    public ValueRanges ValueRanges { get; }

    /// <summary>Names of the layers that settings can name, in execution order.</summary>
    public IReadOnlyList<string> LayerNames =>
        [.. Prepared.Main.Nodes.Concat(Prepared.Decoder?.Nodes ?? []).Select(node => node.Name)];

    /// <summary>The graph in integers.</summary>
    /// <param name="settings">Schemes of the layers.</param>
    /// <exception cref="ConversionException">A layer has no integer form, or a name in the settings is no layer's.</exception>
    public QuantizedGraph Quantize(QuantizationSettings settings) =>
        Quantizer.Quantize(Prepared, ValueRanges, settings, Calibration?.Inputs);

    /// <summary>The .ernn file; the caller owns it.</summary>
    /// <param name="settings">Schemes of the layers.</param>
    /// <exception cref="ConversionException">As for <see cref="Quantize"/>, or the runtime refuses the model.</exception>
    public byte[] Convert(QuantizationSettings settings) => ErnnWriter.Write(Quantize(settings));
}

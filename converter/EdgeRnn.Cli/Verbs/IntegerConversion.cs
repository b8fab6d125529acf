using System.CommandLine;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Converter.Quantize.Report;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Cli.Verbs;

/// <summary>One conversion to integers: the file, and what is said about it.</summary>
internal sealed class IntegerConversion
{
    private readonly IntegerConverter _converter;
    private readonly QuantizationSettings _settings;
    private readonly string? _recording;
    private readonly RangeMethod _method;
    private readonly int _weightBytes;
    private readonly int _floatWeightBytes;

    private IntegerConversion(IntegerConverter converter, QuantizationSettings settings, string? recording, RangeMethod method)
    {
        QuantizedGraph graph = converter.Quantize(settings);
        _settings = settings;
        _converter = converter;
        _recording = recording;
        _method = method;
        File = ErnnWriter.Write(graph);
        _weightBytes = graph.StoredBytes;
        _floatWeightBytes = graph.FloatBytes;
    }

    /// <summary>The .ernn file.</summary>
    public byte[] File { get; }

    /// <summary>A line on sizes and ranges.</summary>
    public string Text
    {
        get
        {
            string share = Quantity.Fixed(_floatWeightBytes == 0 ? 1 : (double)_weightBytes / _floatWeightBytes, 2);
            string ranges = _converter.Calibration is { } seen
                ? $"ranges from {Quantity.Count(seen.Steps)} steps of {_recording} ({QuantizationArguments.NameOf(_method)})"
                : "UNCALIBRATED: ranges are bounds";
            return OneLine.Of($"integers    weights take {share} x their {Quantity.Bytes(_floatWeightBytes)} in float; {ranges}");
        }
    }

    /// <summary>The same for scripts.</summary>
    public object Document => new
    {
        calibrated = _converter.Calibration != null,
        recording = _recording,
        range = _converter.Calibration == null ? null : QuantizationArguments.NameOf(_method),
        steps = _converter.Calibration?.Steps,
        skippedSteps = _converter.Calibration?.SkippedSteps,
        limitedValues = _converter.Calibration?.LimitedValues,
        warnings = _converter.ValueRanges.Warnings,
        weightBytes = _weightBytes,
        floatWeightBytes = _floatWeightBytes,
    };

    /// <summary>Converts, and says on standard error what is to be known about the ranges.</summary>
    public static IntegerConversion Of(QuantizationArguments options, ParseResult arguments, RecurrentGraph graph,
        QuantizationSettings settings, StepArray? recording, Report report)
    {
        CalibrationOptions range = options.RangeOf(arguments);
        IntegerConverter converter = new(graph, recording, range);
        IntegerConversion conversion = new(converter, settings, options.RecordingPathOf(arguments), range.Method);
        if (recording == null)
        {
            report.Warn("UNCALIBRATED: without a recording the ranges are bounds, several bits wider than need be; " +
                "add --calibration DATA.csv");
        }
        foreach (string warning in converter.ValueRanges.Warnings) report.Warn(warning);
        return conversion;
    }

    /// <summary>Measures what integers cost.</summary>
    public QuantizationReport Measure(ReportOptions options) => ReportBuilder.Build(_converter, _settings, options);
}

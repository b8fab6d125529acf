using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Files;

/// <summary>The arguments that say how a model becomes integers.</summary>
internal sealed class QuantizationArguments
{
    private static readonly (string Name, RangeMethod Method)[] _methods =
    [
        ("robust", RangeMethod.Robust), ("minmax", RangeMethod.MinMax), ("percentile", RangeMethod.Percentile),
        ("mse", RangeMethod.MeanSquareError),
    ];

    private readonly Option<string> _scheme = new("--scheme")
    {
        Description = "Bits of weights and values: w8a16 is the usual choice for integers; f32 keeps the model in float.",
        HelpName = string.Join('|', SchemeName.All),
        DefaultValueFactory = _ => SchemeName.Of(Scheme.F32),
    };

    private readonly Option<string[]> _layer = new("--layer")
    {
        Description = "Another scheme for one layer (repeatable).",
        HelpName = "NAME=SCHEME",
    };

    private readonly Option<string?> _calibration = new("--calibration")
    {
        Description = "A recording of normal input, from which the ranges of integers are found; without one they are bounds, " +
            "several bits wider. Golden steps and the warm-up come from it, too, and from noise without it.",
        HelpName = "DATA.csv|npy",
    };

    private readonly Option<int?> _batchAxis = new("--batch-axis")
    {
        Description = "The batch axis of a recording of three axes; otherwise one of size 1, or the one of the source.",
        HelpName = "0|1",
    };

    private readonly Option<string?> _range = new("--range")
    {
        Description = "How ranges follow from the recording. robust, the default: single wild samples count for nothing; " +
            "minmax: the largest value; percentile: see --percentile; mse: the least square error.",
        HelpName = string.Join('|', _methods.Select(method => method.Name)),
    };

    private readonly Option<double?> _percentile = new("--percentile")
    {
        Description = "With --range percentile: the share of values that must fit, in percent (99.99).",
        HelpName = "P",
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_scheme);
        verb.Add(_layer);
        verb.Add(_calibration);
        verb.Add(_batchAxis);
        verb.Add(_range);
        verb.Add(_percentile);
    }

    /// <summary>The schemes of the layers, or null for a float model.</summary>
    /// <exception cref="CommandException">An option is malformed, or means nothing for a float model.</exception>
    public QuantizationSettings? SettingsOf(ParseResult arguments)
    {
        Scheme scheme = Parse("--scheme", arguments.GetRequiredValue(_scheme));
        QuantizationSettings settings = new() { Default = scheme, Layers = LayersOf(arguments) };
        if (scheme != Scheme.F32 || settings.Layers.Values.Any(layer => layer != Scheme.F32)) return settings;
        Option? idle = new Option[] { _layer, _range, _percentile }
            .FirstOrDefault(option => arguments.GetResult(option) != null);
        if (idle == null) return null;
        throw new CommandException($"{idle.Name}: means nothing for a float model; add --scheme w8a16, or leave it out");
    }

    /// <summary>The file of the recording, or null.</summary>
    public string? RecordingPathOf(ParseResult arguments) => arguments.GetValue(_calibration);

    /// <summary>Reads the recording, if any, and says on standard error what is to be known about it.</summary>
    /// <exception cref="Converter.ConversionException">It cannot be read or does not fit the model.</exception>
    public StepArray? ReadRecording(ParseResult arguments, RecurrentGraph graph, Report report)
    {
        int? batchAxis = arguments.GetValue(_batchAxis);
        if (batchAxis is not (null or 0 or 1)) throw new CommandException($"--batch-axis {batchAxis}: expected 0 or 1");
        if (RecordingPathOf(arguments) is not { } path) return null;
        StepArray recording = StepArrayFile.Read(path, StepArrayOptions.ForInputOf(graph, batchAxis));
        foreach (string note in recording.Notes) report.Note($"{path}: {note}");
        return recording;
    }

    /// <summary>How ranges are chosen.</summary>
    /// <exception cref="CommandException">An option is malformed, or there is no recording to choose from.</exception>
    public CalibrationOptions RangeOf(ParseResult arguments)
    {
        string? name = arguments.GetValue(_range);
        double? percent = arguments.GetValue(_percentile);
        if (RecordingPathOf(arguments) == null && (name != null || percent != null))
        {
            string option = name == null ? _percentile.Name : _range.Name;
            throw new CommandException($"{option}: needs a recording; add --calibration DATA.csv");
        }
        RangeMethod method = MethodOf(name);
        if (percent == null) return new CalibrationOptions(method);
        if (method != RangeMethod.Percentile)
            throw new CommandException($"--percentile {percent}: goes with --range percentile; add that, or leave it out");
        if (percent is not (> 0 and <= 100))
            throw new CommandException($"--percentile {percent}: expected more than 0 and at most 100");
        return new CalibrationOptions(method, percent.Value);
    }

    /// <summary>The word for a method.</summary>
    public static string NameOf(RangeMethod method) => _methods.First(known => known.Method == method).Name;

    private static RangeMethod MethodOf(string? name)
    {
        if (name == null) return RangeMethod.Robust;
        foreach ((string known, RangeMethod method) in _methods)
        {
            if (known == name) return method;
        }
        throw new CommandException($"--range {name}: expected {Words([.. _methods.Select(method => method.Name)])}");
    }

    private Dictionary<string, Scheme> LayersOf(ParseResult arguments)
    {
        Dictionary<string, Scheme> layers = [];
        foreach (string value in arguments.GetValue(_layer) ?? [])
        {
            // A layer's name may hold anything, a scheme's no '='.
            int equals = value.LastIndexOf('=');
            if (equals < 1 || equals == value.Length - 1) throw new CommandException($"--layer {value}: expected NAME=SCHEME");
            string name = value[..equals];
            if (!layers.TryAdd(name, Parse($"--layer {name}", value[(equals + 1)..])))
                throw new CommandException($"--layer {value}: '{name}' is named twice; keep one");
        }
        return layers;
    }

    private static Scheme Parse(string option, string name) => SchemeName.TryParse(name, out Scheme scheme) ? scheme
        : throw new CommandException($"{option}: '{name}' is not a scheme, expected {Words(SchemeName.All)}");

    private static string Words(IReadOnlyList<string> words) => $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";
}

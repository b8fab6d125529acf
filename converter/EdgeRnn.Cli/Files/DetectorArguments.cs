using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Detect;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Files;

/// <summary>The arguments that say how a detector is to work. What is left out follows from the recording.</summary>
internal sealed partial class DetectorArguments
{
    private readonly List<Setting> _settings = [];
    private readonly Option<string?> _file = new("--settings")
    {
        Description = "Settings from a file, as `inspect --json` shows them; options on the command line come first.",
        HelpName = "FILE.json",
    };
    private readonly Option<string[]> _target = new("--target")
    {
        Description = "The channel a feature of the answer speaks of; once for each feature, in their order.",
        HelpName = "CHANNEL",
    };
    private readonly Option<string[]> _range = new("--range")
    {
        Description = "What a sensor can give, in its unit (repeatable); else five times the range of the data on each side.",
        HelpName = "CHANNEL=LOW:HIGH",
    };
    private readonly Option<bool> _noSensorChecks = new("--no-sensor-checks")
    {
        Description = "Look for missing values only, not for sensors out of range, stuck, flat or with spikes.",
    };
    private readonly Option<bool> _fixedFromData = new("--fixed-from-data")
    {
        Description = "Learn the threshold here, from all of the data, and write it into the file: a device learns nothing.",
    };

    public DetectorArguments() => Declare();

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Setting setting in _settings) verb.Add(setting.Option);
        verb.Add(_target);
        verb.Add(_range);
        verb.Add(_noSensorChecks);
        verb.Add(_fixedFromData);
        verb.Add(_file);
    }

    /// <summary>The file of settings, or null.</summary>
    public string? FileOf(ParseResult arguments) => arguments.GetValue(_file);

    /// <summary>What the user asked for.</summary>
    /// <exception cref="CommandException">An option is malformed.</exception>
    /// <exception cref="Converter.ConversionException">The file holds no settings, or there is no such channel.</exception>
    public CalibrationOptions OptionsOf(ParseResult arguments, Model model, bool counts)
    {
        IReadOnlySet<string> inFile = new HashSet<string>();
        DetectorSettings settings = FileOf(arguments) is { } path ? Read(path, out inFile) : CalibrationOptions.Usual();
        HashSet<string> given = [.. inFile];
        foreach (Setting setting in _settings.Where(setting => arguments.GetResult(setting.Option) != null))
        {
            setting.Apply(arguments, settings);
            given.UnionWith(setting.Properties);
        }
        if (arguments.GetValue(_target) is { Length: > 0 } targets)
            settings.Targets = [.. targets.Select(name => Channels.Find(model, name, _target.Name))];
        return new CalibrationOptions
        {
            Settings = settings,
            Given = given,
            Ranges = RangesOf(arguments, model),
            SensorChecks = !arguments.GetValue(_noSensorChecks),
            FixedFromData = arguments.GetValue(_fixedFromData),
            Counts = counts,
        };
    }

    /// <summary>Reads settings from a file the user named.</summary>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static DetectorSettings Read(string path, out IReadOnlySet<string> given)
    {
        try
        {
            return SettingsJson.Read(File.ReadAllText(path), path, out given);
        }
        catch (Exception error) when (FileErrors.IsOne(error))
        {
            throw new CommandException($"{path}: {FileErrors.Reason(error, path)}; pass settings as `edgernn inspect --json` shows them",
                error);
        }
    }

    /// <summary>A refusal of the runtime in the words of the option, or of the file, that the setting came from.</summary>
    public CommandException Explain(ParseResult arguments, ModelException refusal)
    {
        string problem = SettingsFacts.ProblemOf(refusal);
        string property = problem.Split(' ')[0];
        Setting? setting = _settings.Find(candidate => candidate.Properties.Any(name => name == property ||
            name.EndsWith($".{property}", StringComparison.Ordinal)));
        if (FileOf(arguments) is { } path && (setting == null || arguments.GetResult(setting.Option) == null))
            return new CommandException($"{path}: {SettingsFacts.InJson(problem)}; correct the settings", refusal);
        string option = setting == null ? "settings" : setting.Option.Name;
        return new CommandException($"{option}: {problem}; `edgernn calibrate --help` tells what it is", refusal);
    }

    private Dictionary<int, (float Lowest, float Highest)> RangesOf(ParseResult arguments, Model model)
    {
        Dictionary<int, (float Lowest, float Highest)> ranges = [];
        foreach (string text in arguments.GetValue(_range) ?? [])
        {
            int equals = text.LastIndexOf('='), colon = text.IndexOf(':', Math.Max(0, equals));
            if (equals < 1 || colon < 0 || !TryNumber(text[(equals + 1)..colon], out float lowest) ||
                !TryNumber(text[(colon + 1)..], out float highest) || !(lowest <= highest))
                throw new CommandException($"--range {text}: expected CHANNEL=LOW:HIGH, such as temperature=-40:125");
            if (!ranges.TryAdd(Channels.Find(model, text[..equals], _range.Name), (lowest, highest)))
                throw new CommandException($"--range {text}: the channel is named twice; keep one");
        }
        return ranges;
    }

    private static bool TryNumber(string text, out float number) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && float.IsFinite(number);

    // One option, the settings it decides, and how.
    private sealed record Setting(Option Option, string[] Properties, Action<ParseResult, DetectorSettings> Apply);
}

using System;
using System.CommandLine;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Files;

// The options, in the order of the help.
internal sealed partial class DetectorArguments
{
    private const string Sensors = nameof(DetectorSettings.Sensors) + ".";

    private static readonly (string, ScoreKind)[] _kinds = [("forecast", ScoreKind.Forecast), ("reconstruction", ScoreKind.Reconstruction),
        ("confidence", ScoreKind.Confidence), ("level", ScoreKind.Level)];
    private static readonly (string, ScoreCombination)[] _combinations = [("sum", ScoreCombination.Sum), ("norm", ScoreCombination.Norm),
        ("max", ScoreCombination.Max), ("mahalanobis", ScoreCombination.Mahalanobis)];
    private static readonly (string, ThresholdMethod)[] _methods = [("fixed", ThresholdMethod.Fixed),
        ("quantile", ThresholdMethod.Quantile), ("sigma", ThresholdMethod.Sigma), ("spot", ThresholdMethod.Spot),
        ("dspot", ThresholdMethod.DriftSpot), ("dynamic", ThresholdMethod.Dynamic)];
    private static readonly (string, SubstitutionKind)[] _substitutions = [("hold", SubstitutionKind.Hold),
        ("decay", SubstitutionKind.Decay),
        ("mask", SubstitutionKind.Mask)];

    private void Declare()
    {
        Word("--score", "What answers are compared with; else from the shape of the model.", _kinds,
            nameof(DetectorSettings.Kind), (s, kind) => s.Kind = kind);
        Flag("--add-level", "The standardised sample itself counts, too: a lasting change stays visible.",
            nameof(DetectorSettings.AddLevel), s => s.AddLevel = true);
        Whole("--lead", "Steps from an answer to the sample it speaks of (1: the next one; 0 or less: samples read already).",
            nameof(DetectorSettings.Lead), (s, n) => s.Lead = n);
        Whole("--normal-class", "Of a classifier: the class that is normal; else the most probable one, whichever it is.",
            nameof(DetectorSettings.NormalClass), (s, n) => s.NormalClass = n);
        Word("--combine", "How the channels' errors become one score (sum).", _combinations,
            nameof(DetectorSettings.Combination), (s, kind) => s.Combination = kind);
        Flag("--normalise", "Centre and scale each channel's error by what the device learns of it.",
            nameof(DetectorSettings.NormaliseChannels), s => s.NormaliseChannels = true);
        Flag("--smooth-channels", "Average the channels' signed errors, not the score.",
            nameof(DetectorSettings.SmoothChannels), s => s.SmoothChannels = true);
        Number("--clip", "Bound of each channel's error, in standard units (none).",
            nameof(DetectorSettings.ErrorClip), (s, x) => s.ErrorClip = x);
        Number("--alpha", "Weight of the newest score in its average (0.1; 1: no average).",
            nameof(DetectorSettings.Smoothing), (s, x) => s.Smoothing = x);
        Flag("--root-scores", "The root of the combined error is the score: one huge error weighs less in averages.",
            nameof(DetectorSettings.RootScores), s => s.RootScores = true);
        Word("--threshold", "How the threshold is found (quantile).", _methods,
            nameof(DetectorSettings.Threshold), (s, m) => s.Threshold = m);
        Number("--level", "fixed: the threshold. quantile: which one (0.99). sigma: how many (5). spot, dspot: where peaks begin (0.98). " +
            "dynamic: fewest deviations (3).", nameof(DetectorSettings.Level), (s, x) => s.Level = x);
        Number("--factor", "What the learnt threshold is multiplied by (quantile: 1.5, others: 1).", nameof(DetectorSettings.Factor),
            (s, x) => s.Factor = x);
        Number("--risk", "spot, dspot: probability that a normal score is beyond (1e-4).",
            nameof(DetectorSettings.Risk), (s, x) => s.Risk = x);
        Whole("--history", "dspot: steps of the moving average. dynamic: steps of the window (64).",
            nameof(DetectorSettings.History), (s, n) => s.History = n);
        Flag("--two-sided", "Unusually small scores are an anomaly, too.", nameof(DetectorSettings.TwoSided), s => s.TwoSided = true);
        Whole("--warm-up", "Steps before anything is learnt; else what the model's file says.",
            nameof(DetectorSettings.WarmUpSteps), (s, n) => s.WarmUpSteps = n);
        Whole("--calibration-steps", "Scores the device learns its threshold from; else half of what the data gives.",
            nameof(DetectorSettings.ThresholdSteps), (s, n) => s.ThresholdSteps = n);
        Whole("--channel-steps", "With --normalise: scores the device learns its channels from.",
            nameof(DetectorSettings.ChannelSteps), (s, n) => s.ChannelSteps = n);
        Number("--adapt", "Share of each normal score in what was learnt (0: what was learnt stays).",
            nameof(DetectorSettings.Adaptation), (s, x) => s.Adaptation = x);
        Number("--adapt-clip", "sigma: scores out of bounds are learnt, too, as at most so many deviations (0: they are not).",
            nameof(DetectorSettings.AdaptationClip), (s, x) => s.AdaptationClip = x);
        Text("--votes", "N/M", "How many of the last scores have to be out of bounds for an alarm (1/1).",
            [nameof(DetectorSettings.Votes), nameof(DetectorSettings.VoteWindow)], SetVotes);
        Number("--hysteresis", "Part of the threshold below which an alarm may end (0.8).",
            nameof(DetectorSettings.Hysteresis), (s, x) => s.Hysteresis = x);
        Whole("--clear-steps", "Scores in a row below that for an alarm to end (10).",
            nameof(DetectorSettings.ClearSteps), (s, n) => s.ClearSteps = n);
        Whole("--hold-off", "Scores after an alarm in which no other begins (0).",
            nameof(DetectorSettings.HoldOffSteps), (s, n) => s.HoldOffSteps = n);
        Whole("--max-alarm", "Scores after which an alarm ends even if it is not calm (0: it stays).",
            nameof(DetectorSettings.MaxAlarmSteps), (s, n) => s.MaxAlarmSteps = n);
        Flag("--latch", "An alarm stays until it is acknowledged.", nameof(DetectorSettings.Latching), s => s.Latching = true);
        Word("--substitute", "What the network reads in place of a faulty sample (hold).", _substitutions,
            Sensors + nameof(SensorSettings.Substitution), (s, kind) => s.Sensors.Substitution = kind);
        Whole("--max-substituted", "Samples in a row of a channel that may be replaced (10).",
            Sensors + nameof(SensorSettings.MaxSubstituted), (s, n) => s.Sensors.MaxSubstituted = n);
        Whole("--recovery", "Good samples after a fault before scores count; else the warm-up.",
            Sensors + nameof(SensorSettings.RecoverySteps), (s, n) => s.Sensors.RecoverySteps = n);
        Whole("--period-ms", "Milliseconds from one sample to the next, for devices that give times (0: not looked at).",
            Sensors + nameof(SensorSettings.PeriodMs), (s, n) => s.Sensors.PeriodMs = n);
        Whole("--late-ms", "Milliseconds a sample may be late.", Sensors + nameof(SensorSettings.LateMs), (s, n) => s.Sensors.LateMs = n);
    }

    private void Flag(string name, string description, string property, Action<DetectorSettings> set)
    {
        Option<bool> option = new(name) { Description = description };
        _settings.Add(new Setting(option, [property], (arguments, settings) =>
        {
            if (arguments.GetValue(option)) set(settings);
        }));
    }

    private void Whole(string name, string description, string property, Action<DetectorSettings, int> set)
    {
        Option<int?> option = new(name) { Description = description, HelpName = "N" };
        _settings.Add(new Setting(option, [property], (arguments, settings) => set(settings, arguments.GetValue(option)!.Value)));
    }

    private void Number(string name, string description, string property, Action<DetectorSettings, float> set)
    {
        Option<double?> option = new(name) { Description = description, HelpName = "X" };
        _settings.Add(new Setting(option, [property], (arguments, settings) =>
        {
            double number = arguments.GetValue(option)!.Value;
            if (!float.IsFinite((float)number)) throw new CommandException($"{name} {number}: expected a number");
            set(settings, (float)number);
        }));
    }

    private void Word<T>(string name, string description, (string Word, T Value)[] words, string property,
        Action<DetectorSettings, T> set) =>
        Text(name, string.Join('|', words.Select(word => word.Word)), description, [property], (settings, text) =>
        {
            int index = Array.FindIndex(words, word => word.Word == text);
            if (index < 0) throw new CommandException($"{name} {text}: expected {string.Join(", ", words.Select(word => word.Word))}");
            set(settings, words[index].Value);
        });

    private void Text(string name, string help, string description, string[] properties, Action<DetectorSettings, string> set)
    {
        Option<string?> option = new(name) { Description = description, HelpName = help };
        _settings.Add(new Setting(option, properties, (arguments, settings) => set(settings, arguments.GetValue(option)!)));
    }

    private static void SetVotes(DetectorSettings settings, string text)
    {
        string[] parts = text.Split('/');
        if (parts.Length != 2 || !int.TryParse(parts[0], out int votes) || !int.TryParse(parts[1], out int window))
            throw new CommandException($"--votes {text}: expected N/M, such as 3/5");
        settings.Votes = votes;
        settings.VoteWindow = window;
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>
/// Chooses the settings of a detector from a recording of normal operation. What a device learns for itself, the threshold and the size of
/// normal errors, is not among them: of that, only how long it learns.
/// </summary>
/// <example>
/// <code>
/// CalibrationResult result = Calibration.Run(model, recording, new CalibrationOptions());
/// byte[] calibrated = DetectorSection.Write(file, result.Settings);
/// </code>
/// </example>
public static class Calibration
{
    /// <summary>Scores without which nothing can be learnt.</summary>
    public const int FewestScores = 50;

    private const float UsualDeviations = 3;   // standardised readings lie within some of 0
    private const int ChannelPart = 5;         // of the scores learnt from, one in so many is for the channels
    private const int MostChannelSteps = 2000; // mean and deviation are known to 2 % after that
    private const int MostThresholdSteps = 20_000;
    private const float SpotLevel = 0.98f;     // Siffer et al. 2017
    private const float SigmaLevel = 5;
    private const float DynamicLevel = 3;

    /// <summary>Chooses, then runs the detector over the recording.</summary>
    /// <param name="model">The model; settings in its file are not looked at.</param>
    /// <param name="recording">One sequence of normal operation, raw, [steps, inputSize].</param>
    /// <param name="options">What is given.</param>
    /// <exception cref="ConversionException">The recording does not fit or is too short, or what is given does not go together.</exception>
    /// <exception cref="ModelException">A given setting is out of its range.</exception>
    public static CalibrationResult Run(Model model, StepArray recording, CalibrationOptions options)
    {
        DetectionRun.RequireOne(recording, model);
        DetectorSettings settings = DetectorSection.Copy(options.Settings);
        List<string> warnings = [];
        RequireFixable(settings, options);
        ScoreChoice.Complete(settings, options, model, recording);
        CompleteThreshold(settings, options);
        SensorStatistics statistics = new(recording);
        statistics.Complete(settings.Sensors, options, recording.Steps / 4);
        WarnOfData(model, recording, statistics, warnings);
        int scores = CountScores(model, settings, recording, options.Counts, out DetectionTrace counted);
        RequireEnough(scores, settings, model, counted);
        CompleteLengths(settings, options, scores);
        if (settings.Combination != ScoreCombination.Mahalanobis) settings.Whitening = [];
        else if (!Given(options, nameof(settings.Whitening))) settings.Whitening = WhiteningOf(model, settings, recording);
        if (options.FixedFromData) Fix(model, settings, recording, scores, options.Counts);
        DetectionTrace trace = RunOver(model, settings, recording, options.Counts, out Detector detector);
        WarnOfRun(detector, trace, warnings);
        return new CalibrationResult(settings, trace, warnings);
    }

    private static bool Given(CalibrationOptions options, string property) => options.Given.Contains(property);

    private static void RequireFixable(DetectorSettings settings, CalibrationOptions options)
    {
        if (!options.FixedFromData)
        {
            if (settings.Threshold == ThresholdMethod.Fixed && !Given(options, nameof(settings.Level)))
                throw new ConversionException("--threshold fixed: needs --level L, or --fixed-from-data to take what the recording gives");
            return;
        }
        string? other = settings.NormaliseChannels ? "--normalise: the device would learn its channels all the same"
            : settings.TwoSided ? "--two-sided: a fixed threshold has no lower side"
            : settings.Threshold is ThresholdMethod.DriftSpot or ThresholdMethod.Dynamic
                ? "--threshold dspot or dynamic, which go on learning"
            : settings.Threshold == ThresholdMethod.Fixed ? "--threshold fixed: name the method that finds it, such as quantile" : null;
        if (other != null) throw new ConversionException($"--fixed-from-data does not go with {other}; leave one of them out");
    }

    private static void CompleteThreshold(DetectorSettings settings, CalibrationOptions options)
    {
        if (!Given(options, nameof(settings.Level)))
        {
            settings.Level = settings.Threshold switch
            {
                ThresholdMethod.Sigma => SigmaLevel,
                ThresholdMethod.Spot or ThresholdMethod.DriftSpot => SpotLevel,
                ThresholdMethod.Dynamic => DynamicLevel,
                _ => settings.Level,
            };
        }
        // A quantile of what was seen needs room for what was not; the other methods say themselves how much.
        if (!Given(options, nameof(settings.Factor)) && settings.Threshold != ThresholdMethod.Quantile) settings.Factor = 1;
    }

    // Half of the recording is learnt from, so that the other half shows what the threshold is worth.
    private static void CompleteLengths(DetectorSettings settings, CalibrationOptions options, int scores)
    {
        int learnt = Math.Max(FewestScores / 2, scores / 2);
        if (settings.NormaliseChannels && !Given(options, nameof(settings.ChannelSteps)))
            settings.ChannelSteps = Math.Clamp(learnt / ChannelPart, 2, MostChannelSteps);
        if (Given(options, nameof(settings.ThresholdSteps))) return;
        int steps = learnt - (settings.NormaliseChannels ? settings.ChannelSteps : 0);
        settings.ThresholdSteps = Math.Clamp(steps, 2, MostStepsOf(settings));
    }

    // A quantile keeps the largest scores, at most so many.
    private static int MostStepsOf(DetectorSettings settings)
    {
        if (settings.Threshold != ThresholdMethod.Quantile || settings.Level >= 1) return MostThresholdSteps;
        return (int)Math.Clamp((DetectorChecks.MaxKeptScores - 2) / (1.0 - settings.Level), 2, MostThresholdSteps);
    }

    // How many scores the recording gives once its faults and the warm-up are taken off.
    private static int CountScores(Model model, DetectorSettings settings, StepArray recording, bool counts,
        out DetectionTrace trace)
    {
        DetectorSettings counting = DetectorSection.Copy(settings);
        counting.Threshold = ThresholdMethod.Sigma;
        counting.Level = 1;
        counting.TwoSided = false;
        counting.ThresholdSteps = DetectorChecks.MaxSteps;
        counting.ChannelSteps = 2;
        // Nothing is judged, so how channels are combined does not matter.
        counting.Combination = ScoreCombination.Sum;
        counting.Whitening = [];
        trace = RunOver(model, counting, recording, counts, out Detector detector);
        return detector.CalibratedSteps;
    }

    private static float[] WhiteningOf(Model model, DetectorSettings settings, StepArray recording)
    {
        float[][] rows = [.. recording.Sequences[0].Chunk(recording.Features)];
        return ErrorStatistics.AsCombined(model, settings, rows, Math.Max(0, settings.WarmUpSteps)).Whitening();
    }

    private static void Fix(Model model, DetectorSettings settings, StepArray recording, int scores, bool counts)
    {
        DetectorSettings learning = DetectorSection.Copy(settings);
        learning.ThresholdSteps = Math.Min(scores,
            settings.Threshold == ThresholdMethod.Quantile ? MostStepsOf(settings) : DetectorChecks.MaxSteps);
        // Only what was learnt from these steps counts, not what a method makes of later ones.
        RunOver(model, learning, recording, counts, out Detector detector);
        settings.Threshold = ThresholdMethod.Fixed;
        settings.Level = detector.Threshold;
        settings.Factor = 1;
    }

    private static DetectionTrace RunOver(Model model, DetectorSettings settings, StepArray recording, bool counts, out Detector detector)
    {
        try
        {
            detector = new Detector(model, settings, counts);
        }
        catch (ArgumentException error)
        {
            throw new ConversionException($"--counts: {error.Message}", error);
        }
        return DetectionRun.Run(detector, settings, recording, counts);
    }

    private static void RequireEnough(int scores, DetectorSettings settings, Model model, DetectionTrace trace)
    {
        if (scores >= FewestScores) return;
        int warmUp = settings.WarmUpSteps < 0 ? model.WarmUpSteps : settings.WarmUpSteps;
        int inputs = trace.InputNames.Count;
        int[] faults = [.. Enumerable.Range(0, inputs)
            .Select(input => Enumerable.Range(0, trace.Steps).Count(step => trace.Faults[step * inputs + input] != SensorFaultKind.None))];
        int worst = Array.IndexOf(faults, faults.Max());
        string faulty = "";
        if (faults[worst] > 0)
        {
            SensorFaultKind kind = Enumerable.Range(0, trace.Steps).Select(step => trace.Faults[step * inputs + worst])
                .First(fault => fault != SensorFaultKind.None);
            faulty = string.Create(CultureInfo.InvariantCulture,
                $" ({trace.InputNames[worst]} has no good reading in {faults[worst]} of them, first {Words.Of(kind)})");
        }
        string next = faulty.Length == 0 ? "record normal operation for longer" : "record normal operation for longer, and without such gaps, " +
            "or correct --range";
        throw new ConversionException(string.Create(CultureInfo.InvariantCulture,
            $"data: {trace.Steps} steps give {scores} scores after a warm-up of {warmUp} steps{faulty}, " +
            $"at least {FewestScores} are needed; {next}"));
    }

    private static void WarnOfData(Model model, StepArray recording, SensorStatistics statistics, List<string> warnings)
    {
        int missing = recording.CountMissing() + recording.CountInfinite();
        if (missing > 0)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{missing} readings are missing or infinite; ") +
                "after each the detector waits until the network has settled");
        }
        WarnOfScale(model, statistics, warnings);
        string[] constant = [.. Enumerable.Range(0, model.InputSize).Where(statistics.IsConstant)
            .Select(channel => Channels.NameOf(model, channel))];
        if (constant.Length > 0)
        {
            warnings.Add($"channels that never change: {Import.SourceText.List(constant)}; their sensors are not checked, give " +
                "--range CHANNEL=LOW:HIGH, and see that they were connected");
        }
    }

    // A network that was trained on standardised input finds everything alike where it is fed raw readings, and no alarm would ever come.
    private static void WarnOfScale(Model model, SensorStatistics statistics, List<string> warnings)
    {
        if (model.HasPreprocessing || model.Layers[0].Kind is "standardise" or "embedding") return;
        int channel = Enumerable.Range(0, model.InputSize).FirstOrDefault(candidate => statistics.IsBeyond(candidate, UsualDeviations), -1);
        if (channel < 0) return;
        (float least, float most) = statistics.RangeOf(channel);
        warnings.Add(string.Create(CultureInfo.InvariantCulture,
            $"the model brings no mean and deviation, and channel {Channels.NameOf(model, channel)} lies between {least:G4} and {most:G4}; ") +
            "if it was trained on standardised input, convert it with --standardise --calibration and this recording first");
    }

    private static void WarnOfRun(Detector detector, DetectionTrace trace, List<string> warnings)
    {
        if (!detector.IsCalibrated)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"the recording ends while the detector is learning, {detector.CalibratedSteps} of {detector.CalibrationSteps} scores; ") +
                "a device goes on learning for that long");
        }
        DetectionSummary summary = DetectionSummary.Of(trace);
        if (summary.Alarms.Count > 0)
        {
            warnings.Add("the recording itself raises alarms: it holds something unusual, or the threshold is too low " +
                "(--factor, --level, --votes)");
        }
        if (summary.FaultySteps > 0)
        {
            warnings.Add("sensors are lost for a time in the recording itself; see its faults, and give --range or --no-sensor-checks " +
                "where they are none");
        }
    }
}

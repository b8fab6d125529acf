using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Converter.Detect;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Output;

/// <summary>A detector's settings as sentences for someone who builds a device.</summary>
internal static class DetectorText
{
    /// <summary>What is scored, how the threshold is found, when there is an alarm, how sensors are watched, and what it costs.</summary>
    public static IEnumerable<string> Lines(Model model, DetectorReport detector)
    {
        DetectorSettings settings = detector.Settings;
        yield return $"scored      {Score(model, settings)}";
        yield return $"threshold   {Threshold(settings)}";
        yield return $"alarm       {Alarm(settings)}";
        yield return $"sensors     {Sensors(settings.Sensors)}";
        string each = Quantity.Fixed(detector.StateBytesPerChannel, 1);
        yield return $"memory      {Quantity.Bytes(detector.StateBytes)} of detector state, {each} per channel of the score, and " +
            $"{Quantity.Bytes(detector.ScratchBytes)} of scratch, besides the network's";
        yield return "arithmetic  " + (detector.UsesFloats
            ? "this threshold computes in floating point on the device, slowly where it has no float unit; fixed, quantile and sigma do not"
            : "the detector itself computes in integers");
    }

    private static string Score(Model model, DetectorSettings settings)
    {
        IReadOnlyList<string> channels = Channels.OfScore(model, settings);
        string what = settings.Kind switch
        {
            ScoreKind.Forecast when settings.Lead == 1 => "the error of the forecast of the next sample",
            ScoreKind.Forecast => $"the error of the forecast {settings.Lead} steps ahead",
            ScoreKind.Reconstruction => "the difference between what was read and how the network repeats it",
            ScoreKind.Confidence when settings.NormalClass < 0 => "what the most probable class lacks to certainty",
            ScoreKind.Confidence => $"what class {settings.NormalClass} lacks to certainty",
            _ => "the distance of each channel from its mean",
        };
        string combined = channels.Count == 1 ? "" : settings.Combination switch
        {
            ScoreCombination.Sum => ", summed",
            ScoreCombination.Norm => ", root of the sum of squares",
            ScoreCombination.Max => ", the largest channel",
            _ => ", Mahalanobis distance",
        };
        // A channel without a name is its number, which needs the word.
        string first = channels[0].All(char.IsAsciiDigit) ? "channel " : "";
        string of = settings.Kind == ScoreKind.Confidence ? ""
            : $" of {first}{string.Join(", ", channels.Take(8))}{(channels.Count > 8 ? " and others" : "")}";
        string normalised = settings.NormaliseChannels ? ", each channel in units of its normal error" : "";
        string averaged = settings.Smoothing >= 1 ? "" : $", averaged over about {Number(2 / settings.Smoothing - 1)} scores" +
            (settings.SmoothChannels ? " channel by channel" : "");
        return OneLine.Of(what + of + normalised + combined + (settings.RootScores ? ", the root of that" : "") + averaged);
    }

    private static string Threshold(DetectorSettings settings)
    {
        string factor = settings.Factor == 1 ? "" : $" times {Number(settings.Factor)}";
        string learnt = $"of {Quantity.Count(settings.ThresholdSteps)} scores learnt on the device";
        string text = settings.Threshold switch
        {
            ThresholdMethod.Fixed => $"fixed at {Number(settings.Level)}; nothing is learnt",
            ThresholdMethod.Quantile => $"the {Number(100.0 * settings.Level)} % quantile{factor} {learnt}",
            ThresholdMethod.Sigma => $"mean + {Number(settings.Level)} standard deviations{factor} {learnt}",
            ThresholdMethod.Spot => $"peaks over threshold (SPOT), risk {Number(settings.Risk)}{factor}, first from the peaks {learnt}",
            ThresholdMethod.DriftSpot => $"peaks over a moving average of {settings.History} steps (DSPOT), " +
                $"risk {Number(settings.Risk)}{factor}, first from the peaks {learnt}",
            _ => $"dynamic, over a window of {settings.History} scores{factor}",
        };
        if (settings.TwoSided) text += "; a lower one in the same way";
        if (settings.AdaptationClip > 0) text += $"; scores out of bounds are learnt as {Number(settings.AdaptationClip)} deviations";
        if (settings.Adaptation > 0)
            text += $"; adapts by {Number(settings.Adaptation)} of each normal score, up to {Number(settings.AdaptationLimit)} times";
        return text;
    }

    private static string Alarm(DetectorSettings settings)
    {
        string begin = settings.VoteWindow == 1 ? "at the first score out of bounds"
            : $"when {settings.Votes} of the last {settings.VoteWindow} scores are out of bounds";
        string end = settings.Latching ? "stays until it is acknowledged"
            : $"ends after {Quantity.Count(settings.ClearSteps)} calm scores in a row" +
            (settings.Hysteresis < 1 ? $" below {Number(settings.Hysteresis)} times the threshold" : "");
        if (settings.MaxAlarmSteps > 0) end += $", or after {Quantity.Count(settings.MaxAlarmSteps)} scores in any case";
        return $"{begin}; {end}" + (settings.HoldOffSteps > 0 ? $"; then none for {Quantity.Count(settings.HoldOffSteps)} scores" : "");
    }

    private static string Sensors(SensorSettings sensors)
    {
        List<string> checks = ["missing"];
        if (sensors.Lowest.Length + sensors.Highest.Length > 0) checks.Add("out of range");
        if (sensors.StuckSteps.Any(steps => steps > 0)) checks.Add("stuck");
        if (sensors.FlatSteps > 0) checks.Add("flat");
        if (sensors.SpikeStep.Any(step => step > 0)) checks.Add("spikes");
        if (sensors.PeriodMs > 0) checks.Add("late");
        string stands = sensors.Substitution switch
        {
            SubstitutionKind.Hold => "the last good reading stands for it",
            SubstitutionKind.Decay => "the last good reading decays to the mean",
            _ => "the mean stands for it",
        };
        return $"looked at for {string.Join(", ", checks)}; {stands} for up to {Quantity.Count(sensors.MaxSubstituted)} samples in a row";
    }

    private static string Number(double number) => number.ToString("G4", CultureInfo.InvariantCulture);
}

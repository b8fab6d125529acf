using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Converter.Detect;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Output;

/// <summary>What a calibration chose and what the detector does on the recording itself, for someone who builds a device.</summary>
/// <param name="model">The model with its detector.</param>
/// <param name="result">The calibration.</param>
/// <param name="data">The recording's file.</param>
/// <param name="rateHz">Samples per second, or null.</param>
internal sealed class CalibrationText(Model model, CalibrationResult result, string data, double? rateHz)
{
    private const int MostFaults = 5;

    private readonly DetectorReport _detector = DetectorReport.Of(model)!;
    private readonly DetectionSummary _summary = DetectionSummary.Of(result.Trace);

    private bool IsLearnt => _summary.FirstReadyStep >= 0;

    private float? Threshold => IsLearnt ? result.Trace.Thresholds[_summary.FirstReadyStep] : null;

    private float? LowerThreshold => IsLearnt && !float.IsNaN(result.Trace.LowerThresholds[_summary.FirstReadyStep])
        ? result.Trace.LowerThresholds[_summary.FirstReadyStep] : null;

    private int JudgedSteps => IsLearnt ? result.Trace.Steps - _summary.FirstReadyStep : 0;

    /// <summary>The text.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (string line in DetectorText.Lines(model, _detector)) yield return line;
        yield return $"learning    {Learning()}";
        yield return $"on the data {OnData()}";
        foreach (FaultSpan fault in _summary.Faults.Take(MostFaults))
            yield return $"            {DetectionText.Fault(fault, result.Trace, rateHz)}";
        int more = _summary.Faults.Count - MostFaults;
        if (more > 0) yield return $"            and {Quantity.Count(more)} more faults";
    }

    /// <summary>The same for scripts.</summary>
    public object Document(string path, string output) => new
    {
        model = path,
        data,
        output,
        settings = result.Settings,
        warnings = result.Warnings,
        steps = result.Trace.Steps,
        rateHz,
        warmUpSteps = WarmUpSteps,
        learntScores = result.Settings.LearntScores(),
        firstReadyStep = IsLearnt ? _summary.FirstReadyStep : (int?)null,
        threshold = Threshold,
        lowerThreshold = LowerThreshold,
        judgedSteps = JudgedSteps,
        falseAlarms = _summary.Alarms,
        faults = _summary.Faults,
        detector = _detector,
    };

    private int WarmUpSteps => result.Settings.WarmUpSteps < 0 ? model.WarmUpSteps : result.Settings.WarmUpSteps;

    private string Learning()
    {
        int scores = result.Settings.LearntScores();
        string warmUp = $"the network settles for {Steps(WarmUpSteps)}";
        if (scores == 0) return $"none: {warmUp}, then scores are judged";
        string ready = IsLearnt ? $"; on the data it was ready after {Steps(_summary.FirstReadyStep)}"
            : "; on the data it did not get ready";
        return $"{warmUp}, then {Quantity.Count(scores)} scores of normal operation are learnt{ready}";
    }

    private string OnData()
    {
        if (!IsLearnt) return $"{Quantity.Count(result.Trace.Steps)} steps are too few: the detector is still learning at their end";
        string lower = LowerThreshold is { } below ? $" and a lower one of {Figure(below)}" : "";
        string alarms = _summary.Alarms.Count == 0 ? "no false alarm" : $"{Quantity.Count(_summary.Alarms.Count)} false alarms";
        string faults = _summary.Faults.Count == 0 ? "no sensor fault" : $"{Quantity.Count(_summary.Faults.Count)} sensor faults";
        string largest = LargestJudged() is { } score ? $", the largest score {Figure(score)}" : "";
        return $"threshold {Figure(Threshold!.Value)}{lower}; then {alarms} in {Steps(JudgedSteps)}{largest}; {faults}";
    }

    private float? LargestJudged()
    {
        float[] judged = [.. result.Trace.Scores.Skip(_summary.FirstReadyStep).Where(score => !float.IsNaN(score))];
        return judged.Length == 0 ? null : judged.Max();
    }

    private string Steps(long steps) => DetectionText.Steps(steps, rateHz);

    private static string Figure(float value) => value.ToString("G4", CultureInfo.InvariantCulture);
}

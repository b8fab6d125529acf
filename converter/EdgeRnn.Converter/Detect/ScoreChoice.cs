using System;
using System.Linq;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>What the answers of a model are compared with, where nobody said.</summary>
internal static class ScoreChoice
{
    private const int AnswersSeen = 32;
    private const double SumTolerance = 0.02; // probabilities in 8 bits do not add up to 1 exactly

    /// <summary>Completes kind and lead of the score.</summary>
    /// <exception cref="ConversionException">The model's shape does not say what it answers.</exception>
    public static void Complete(DetectorSettings settings, CalibrationOptions options, Model model, StepArray recording)
    {
        bool isKindGiven = options.Given.Contains(nameof(DetectorSettings.Kind));
        bool isLeadGiven = options.Given.Contains(nameof(DetectorSettings.Lead));
        if (!isKindGiven) settings.Kind = KindOf(settings, model, recording);
        if (settings.Kind is ScoreKind.Forecast or ScoreKind.Reconstruction) RequireTargets(settings, model);
        if (isLeadGiven) return;
        if (settings.Kind == ScoreKind.Forecast) settings.Lead = 1;
        else if (settings.Kind == ScoreKind.Reconstruction) settings.Lead = ReconstructionLead(model);
    }

    private static ScoreKind KindOf(DetectorSettings settings, Model model, StepArray recording)
    {
        if (settings.Targets.Length == 0 && IsClassifier(model, recording)) return ScoreKind.Confidence;
        bool fits = settings.Targets.Length == model.FrameSize || model.FrameSize == model.InputSize;
        if (fits && model.FramesPerAnswer == 1) return ScoreKind.Forecast;
        if (fits && IsWholeWindow(model)) return ScoreKind.Reconstruction;
        string frames = model.FramesPerAnswer == 1 ? "" : $"{model.FramesPerAnswer} frames of ";
        throw new ConversionException($"score: the model reads {model.InputSize} channels and answers {frames}{model.FrameSize} " +
            "features, which does not say what they are; add --score forecast, reconstruction, confidence or level" +
            (fits ? "" : ", and --target CHANNEL for each feature of a forecast or reconstruction"));
    }

    private static void RequireTargets(DetectorSettings settings, Model model)
    {
        if (settings.Targets.Length == model.FrameSize || (settings.Targets.Length == 0 && model.FrameSize == model.InputSize)) return;
        throw new ConversionException(
            $"score: the model answers {model.FrameSize} features, {settings.Targets.Length} targets are named; " +
            $"add --target CHANNEL once for each feature, in their order (the model reads {Channels.List(model)})");
    }

    // Decoders that take several ticks answer that much later.
    private static int ReconstructionLead(Model model)
    {
        if (model.Window is not { } window) return 1 - model.FramesPerAnswer;
        int ticks = window.DecoderStepsPerTick == 0 ? 0 : (window.DecoderSteps - 1) / window.DecoderStepsPerTick;
        return 1 - Math.Max(window.WindowLength, model.FramesPerAnswer) - ticks;
    }

    private static bool IsWholeWindow(Model model) =>
        model.Window is { WindowLength: > 0 } window && window.WindowLength == model.FramesPerAnswer;

    // By what it does: whatever layer makes them, probabilities are not negative and add up to 1.
    private static bool IsClassifier(Model model, StepArray recording)
    {
        if (model.FrameSize < 2) return false;
        Session session = new(model);
        float[] answer = new float[model.OutputSize];
        int seen = 0;
        for (int at = 0; at < recording.Sequences[0].Length && seen < AnswersSeen; at += recording.Features)
        {
            float[] row = recording.Sequences[0][at..(at + recording.Features)];
            if (!row.All(float.IsFinite) || (session.Step(row, 0, answer, 0) & StepStatus.OutputReady) == 0) continue;
            seen++;
            foreach (float[] frame in answer.Chunk(model.FrameSize))
            {
                if (frame.Any(p => !(p >= 0)) || Math.Abs(frame.Sum() - 1) > SumTolerance) return false;
            }
        }
        return seen > 0;
    }
}

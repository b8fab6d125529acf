using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Accuracy.Tasks;

/// <summary>The recurrent part of Silero's voice activity detector, one probability per 32 ms.</summary>
public sealed class SileroTask : IAccuracyTask
{
    private const string Folder = "models/silero-vad-lstm128";
    private const int CalibrationFrames = 75;
    private const float VoiceThreshold = 0.5f;

    /// <inheritdoc/>
    public string Name => "silero-vad";

    /// <inheritdoc/>
    public IReadOnlyList<string> Folders => [Folder];

    /// <inheritdoc/>
    public string Calibration => $"Silero with the first {CalibrationFrames} of its 375 frames";

    /// <inheritdoc/>
    public TaskResult Measure(AccuracyRun run)
    {
        float[][] features = run.Sources.Rows($"{Folder}/features.npy");
        float[] published = Flat(run.Sources.Rows($"{Folder}/probabilities.npy"));
        ModelPair pair = run.Convert(run.Sources.Import($"{Folder}/tensors", "silero-npy"), features[..CalibrationFrames]);
        (float[][] floatAnswers, float[][] quantizedAnswers) = pair.Answers(features);
        float[] ofFloat = Flat(floatAnswers), quantized = Flat(quantizedAnswers);
        return new TaskResult($"Silero VAD LSTM-128, {features.Length} frames",
        [
            Figure.Deviation("largest probability error", "0.0e+0", Deviation.Largest(published, ofFloat),
                Deviation.Largest(ofFloat, quantized), null),
            Figure.Deviation("mean probability error", "0.0e+0", Deviation.Mean(published, ofFloat),
                Deviation.Mean(ofFloat, quantized),
                Target.AtMost(Target.MetricStays.Bound * ofFloat.Average(), "0.5 % of the mean probability")),
            Figure.Deviation("voice decisions flipped", "0.00 %", Deviation.Flipped(published, ofFloat, VoiceThreshold),
                Deviation.Flipped(ofFloat, quantized, VoiceThreshold), Target.FewFlips),
        ]);
    }

    private static float[] Flat(float[][] answers) => [.. answers.Select(answer => answer[0])];
}

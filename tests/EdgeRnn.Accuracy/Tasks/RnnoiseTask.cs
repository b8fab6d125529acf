using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Accuracy.Tasks;

/// <summary>RNNoise's network on 15 seconds of noisy speech: 22 gains and a voice probability per frame.</summary>
/// <param name="weights">File name of the weights without ending.</param>
/// <param name="arch">Name of the ARCH file.</param>
public sealed class RnnoiseTask(string weights, string arch) : IAccuracyTask
{
    private const string Folder = "models/rnnoise";
    private const int Gains = 22, CalibrationFrames = 300;
    private const float VoiceThreshold = 0.5f;

    /// <inheritdoc/>
    public string Name => arch;

    /// <inheritdoc/>
    public IReadOnlyList<string> Folders => [Folder];

    /// <inheritdoc/>
    public string Calibration => $"RNNoise with the first {CalibrationFrames} of its 1,500 frames";

    /// <inheritdoc/>
    public TaskResult Measure(AccuracyRun run)
    {
        float[][] features = run.Sources.Rows($"{Folder}/features.npy");
        float[][] published = run.Sources.Rows($"{Folder}/{weights}_outputs.npy");
        ModelPair pair = run.Convert(run.Sources.Import($"{Folder}/{weights}.json", arch), features[..CalibrationFrames]);
        (float[][] ofFloat, float[][] quantized) = pair.Answers(features);
        float[] gains = GainsOf(published), floatGains = GainsOf(ofFloat), quantizedGains = GainsOf(quantized);
        float[] voice = VoiceOf(published), floatVoice = VoiceOf(ofFloat), quantizedVoice = VoiceOf(quantized);
        return new TaskResult($"RNNoise {weights}, {features.Length} frames",
        [
            Figure.Deviation("largest gain error", "0.0e+0", Deviation.Largest(gains, floatGains),
                Deviation.Largest(floatGains, quantizedGains), null),
            Figure.Deviation("mean gain error", "0.0e+0", Deviation.Mean(gains, floatGains),
                Deviation.Mean(floatGains, quantizedGains),
                Target.AtMost(Target.MetricStays.Bound * floatGains.Average(), "0.5 % of the mean gain")),
            Figure.Deviation("voice decisions flipped", "0.00 %", Deviation.Flipped(voice, floatVoice, VoiceThreshold),
                Deviation.Flipped(floatVoice, quantizedVoice, VoiceThreshold), Target.FewFlips),
        ]);
    }

    private static float[] GainsOf(float[][] answers) => [.. answers.SelectMany(answer => answer[..Gains])];

    private static float[] VoiceOf(float[][] answers) => [.. answers.Select(answer => answer[Gains])];
}

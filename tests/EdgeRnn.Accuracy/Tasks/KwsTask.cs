using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Accuracy.Tasks;

/// <summary>The keyword spotter of "Hello Edge": twelve logits, on synthetic features (so no label is right or wrong).</summary>
public sealed class KwsTask : IAccuracyTask
{
    private const string Folder = "models/kws-gru-s";

    /// <inheritdoc/>
    public string Name => "kws-gru154";

    /// <inheritdoc/>
    public IReadOnlyList<string> Folders => [Folder];

    /// <inheritdoc/>
    public string Calibration => "KWS with its 25 input frames, all there are";

    /// <inheritdoc/>
    public TaskResult Measure(AccuracyRun run)
    {
        float[][] frames = run.Sources.Rows($"{Folder}/input.npy");
        float[] published = [.. run.Sources.Rows($"{Folder}/output_logits.npy").Select(row => row[0])];
        ModelPair pair = run.Convert(run.Sources.Import($"{Folder}/tensors", "kws-gru-154"), frames);
        (float[][] ofFloat, float[][] quantized) = pair.Answers(frames);
        float[] logits = Flat(ofFloat);
        double range = logits.Max() - logits.Min();
        return new TaskResult($"KWS GRU-154, {frames.Length} steps",
        [
            Figure.Deviation("largest logit error / range of the logits", "0.00 %",
                Deviation.Largest(published, ofFloat[^1]) / range, Deviation.Largest(logits, Flat(quantized)) / range, null),
            Figure.Deviation("mean logit error / range of the logits", "0.00 %",
                Deviation.Mean(published, ofFloat[^1]) / range, Deviation.Mean(logits, Flat(quantized)) / range,
                Target.AtMost(Target.MetricStays.Bound, "0.5 %")),
            Figure.Deviation("label of the last step, the answer, changed", "0",
                Deviation.LabelsChanged([published], [ofFloat[^1]]), Deviation.LabelsChanged([ofFloat[^1]], [quantized[^1]]),
                Target.AtMost(0, "0")),
            Figure.Deviation("steps with another label", "0 %", null, Deviation.LabelsChanged(ofFloat, quantized), null),
        ]);
    }

    private static float[] Flat(float[][] answers) => [.. answers.SelectMany(answer => answer)];
}

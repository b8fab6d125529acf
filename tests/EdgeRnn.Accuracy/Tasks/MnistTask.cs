using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Accuracy.Tasks;

/// <summary>The digit reader of TensorFlow Lite Micro, whose int8 file has 13,952 bytes.</summary>
public sealed class MnistTask : IAccuracyTask
{
    private const string Folder = "models/tflm-mnist-lstm";
    private const int RowsPerDigit = 28, CalibrationDigits = 2;

    /// <summary>trained_lstm_int8.tflite.</summary>
    private const int PublishedInt8Bytes = 13952;

    /// <inheritdoc/>
    public string Name => "mnist-lstm20";

    /// <inheritdoc/>
    public IReadOnlyList<string> Folders => [Folder];

    /// <inheritdoc/>
    public string Calibration => $"MNIST with {CalibrationDigits} of its 10 digits";

    /// <inheritdoc/>
    public TaskResult Measure(AccuracyRun run)
    {
        float[][] rows = run.Sources.Rows($"{Folder}/samples_u8.npy");
        float[] labels = [.. run.Sources.Rows($"{Folder}/labels.npy").Select(row => row[0])];
        float[][] published = run.Sources.Rows($"{Folder}/float_probabilities.npy");
        ModelPair pair = run.Convert(run.Sources.Import($"{Folder}/trained_lstm_float.json", "tflm-mnist-lstm"),
            rows[..(CalibrationDigits * RowsPerDigit)]);
        (float[][] ofFloat, float[][] quantized) = pair.Answers(rows);
        return new TaskResult($"TFLM MNIST LSTM-20, {labels.Length} digits",
        [
            Figure.Metric("digits right", "0", Right(published, labels), Right(ofFloat, labels), Right(quantized, labels),
                Target.MetricStays),
            Figure.Deviation("largest probability error", "0.0e+0", Deviation.Largest(Flat(published), Flat(ofFloat)),
                Deviation.Largest(Flat(ofFloat), Flat(quantized)), null),
            Figure.Metric("file bytes without golden steps; published: int8", "#,0", PublishedInt8Bytes,
                run.Quantizer.SizeWithoutGoldenSteps(pair.FloatFile), run.Quantizer.SizeWithoutGoldenSteps(pair.QuantizedFile),
                Target.AtMost(PublishedInt8Bytes, "13,952")),
        ]);
    }

    private static int Right(float[][] answers, float[] labels) =>
        answers.Zip(labels).Count(pair => Deviation.Label(pair.First) == (int)pair.Second);

    private static float[] Flat(float[][] answers) => [.. answers.SelectMany(answer => answer)];
}

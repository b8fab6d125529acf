using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Accuracy.Tasks;

/// <summary>A guitar pedal, on recorded guitar: error to signal ratio of the audio.</summary>
/// <param name="model">File name of the model without ending.</param>
/// <param name="largestEsr">The target, or null where none is set.</param>
/// <param name="isMixed">Whether layers keep what the quantization report suggests within <see cref="MixBudget"/>.</param>
public sealed class KlonTask(string model, double? largestEsr, bool isMixed = false) : IAccuracyTask
{
    /// <summary>Largest weights of a mix, with biases and scales, as a share of those in float.</summary>
    public const double MixBudget = 0.6;

    private const string Folder = "models/klon-centaur-gru";
    private const float SampleRateHz = 44100, GainKnob = 0.5f;
    private static readonly int[] _samples = [0, 5];

    private readonly Target? _target = largestEsr is { } bound ? Target.AtMost(bound, $"{bound:0e+0}") : null;

    /// <inheritdoc/>
    public string Name => $"klon-{model}{(isMixed ? "-mix" : "")}";

    /// <inheritdoc/>
    public IReadOnlyList<string> Folders => [Folder];

    /// <inheritdoc/>
    public string Calibration => "Klon with sample 0, half a second";

    /// <inheritdoc/>
    public TaskResult Measure(AccuracyRun run)
    {
        RecurrentGraph graph = run.Sources.Import($"{Folder}/{model}.json", null);
        float[][] calibration = ReadRows(run.Sources, _samples[0], graph.Main.InputSize);
        IReadOnlyDictionary<string, string>? mix = isMixed ? run.Quantizer.SuggestMix(graph, calibration, MixBudget) : null;
        ModelPair pair = run.Convert(graph, calibration, mix);
        List<Figure> figures = [.. _samples.Select(sample => Esr(run.Sources, pair, sample, graph.Main.InputSize))];
        if (isMixed) figures.Add(SizeShare(pair));
        return new TaskResult($"Klon {model}{Describe(mix)}", figures);
    }

    /// <summary>
    /// The rows of a recording, [samples][inputSize]: the audio and, for models with three inputs, the position of the gain
    /// knob and the time between samples.
    /// </summary>
    public static float[][] ReadRows(Sources sources, int sample, int inputSize)
    {
        float[] audio = ReadAudio(sources.Find($"{Folder}/in_sample{sample}.wav"));
        return [.. audio.Select(value => inputSize == 1 ? new[] { value } : [value, GainKnob, 1 / SampleRateHz])];
    }

    private Figure Esr(Sources sources, ModelPair pair, int sample, int inputSize)
    {
        IEnumerable<float> published = sources.Rows($"{Folder}/{model}__sample{sample}_output.npy").Select(row => row[0]);
        (float[][] ofFloat, float[][] quantized) = pair.Answers(ReadRows(sources, sample, inputSize));
        float[] floatAudio = [.. ofFloat.Select(row => row[0])];
        return Figure.Deviation($"ESR, sample {sample}", "0.0e+0", Deviation.Esr(published, floatAudio),
            Deviation.Esr(floatAudio, quantized.Select(row => row[0])), _target);
    }

    // Weights, biases and scales: the structure of a file is the same in float, and more than half of one this small.
    private static Figure SizeShare(ModelPair pair)
    {
        double share = (double)Model.Load(pair.QuantizedFile).WeightBytes / Model.Load(pair.FloatFile).WeightBytes;
        return Figure.Metric("weights with scales, as a share of float", "0.00", null, 1, share, Target.AtMost(MixBudget, "0.6"));
    }

    private static string Describe(IReadOnlyDictionary<string, string>? mix)
    {
        if (mix == null) return "";
        IEnumerable<string> layers = mix.OrderBy(layer => layer.Key, StringComparer.Ordinal)
            .Select(layer => $"{layer.Key} {layer.Value}");
        return $", suggested mix ({(mix.Count == 0 ? "nothing" : string.Join(", ", layers))})";
    }

    // 16-bit mono PCM: the payload of the chunk named data, scaled to [-1, 1).
    private static float[] ReadAudio(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int chunk = 12;
        while (!file.AsSpan(chunk, 4).SequenceEqual("data"u8)) chunk += 8 + PayloadBytes();
        float[] samples = new float[PayloadBytes() / 2];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(chunk + 8 + 2 * i)) / 32768f;
        return samples;

        int PayloadBytes() => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(chunk + 4));
    }
}

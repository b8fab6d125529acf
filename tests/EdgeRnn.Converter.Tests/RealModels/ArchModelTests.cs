using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Arch;
using EdgeRnn.Converter.Import.Containers;

namespace EdgeRnn.Tests;

/// <summary>Trained models of other people, imported with the ARCH files of tests/vectors/arch and run through the runtime.</summary>
public sealed class ArchModelTests
{
    /// <summary>The reference used a tanh table; exact tanh differs from it by 1.2e-5 (README of the models).</summary>
    private const double RnnoiseTolerance = 2e-5;

    [Theory]
    [InlineData("orig_v0.1.1", "rnnoise-orig")]
    [InlineData("sh", "rnnoise-sh")]
    public void Rnnoise_gives_the_gains_of_the_c_code(string weights, string arch)
    {
        float[] features = NpyFile.Read(SharedData.Path("models/rnnoise/features.npy")).Data;
        float[] expected = NpyFile.Read(SharedData.Path($"models/rnnoise/{weights}_outputs.npy")).Data;
        float[] actual = Runner($"models/rnnoise/{weights}.json", arch).RunFlat(features);
        Agreement.Within(RnnoiseTolerance, expected, actual);
    }

    [Fact]
    public void Silero_gives_the_probabilities_of_the_torchscript_model()
    {
        float[] features = NpyFile.Read(SharedData.Path("models/silero-vad-lstm128/features.npy")).Data;
        float[] expected = NpyFile.Read(SharedData.Path("models/silero-vad-lstm128/probabilities.npy")).Data;
        Agreement.Within(1e-6, expected, Runner("models/silero-vad-lstm128/tensors", "silero-npy").RunFlat(features));
    }

    // The .safetensors holds another training of the network than the TorchScript model: its weights differ by up to 1.0, so
    // the reference is this evaluation in double precision.
    [Fact]
    public void Silero_safetensors_agrees_with_double_precision()
    {
        float[] features = NpyFile.Read(SharedData.Path("models/silero-vad-lstm128/features.npy")).Data;
        NamedTensors weights = TensorContainer.Read(SharedData.Path("models/silero-vad-lstm128/silero_vad_16k.safetensors"));
        float[] expected = SileroInDouble(weights, features);
        Agreement.Within(1e-6, expected, Runner("models/silero-vad-lstm128/silero_vad_16k.safetensors", "silero-safetensors").RunFlat(features));
    }

    [Fact]
    public void Silero_reports_the_front_end_that_stays_unused()
    {
        RecurrentGraph graph = Import("models/silero-vad-lstm128/silero_vad_16k.safetensors", "silero-safetensors");
        string note = Assert.Single(graph.Notes);
        Assert.Contains("9 tensors", note, StringComparison.Ordinal);
        Assert.Contains("stft_conv.weight", note, StringComparison.Ordinal);
    }

    [Fact]
    public void Nam_lstm_gives_the_reference_audio()
    {
        float[] expected = NpyFile.Read(SharedData.Path("models/nam-lstm/output.npy")).Data;
        float[] actual = Runner("models/nam-lstm/lstm.nam", "nam-lstm").RunFlat(NpyFile.Read(SharedData.Path("models/nam-lstm/input.npy")).Data);
        Agreement.Within(1e-6, expected, actual);
    }

    [Fact]
    public void Hello_edge_gru_gives_the_logits_of_the_last_step()
    {
        float[] expected = NpyFile.Read(SharedData.Path("models/kws-gru-s/output_logits.npy")).Data;
        float[] input = NpyFile.Read(SharedData.Path("models/kws-gru-s/input.npy")).Data;
        Agreement.Within(1e-5, expected, Runner("models/kws-gru-s/tensors", "kws-gru-154").Run(input)[^1]);
    }

    [Fact]
    public void Mnist_lstm_gives_the_reference_probabilities_and_reads_all_ten_digits()
    {
        float[] pixels = NpyFile.Read(SharedData.Path("models/tflm-mnist-lstm/samples_u8.npy")).Data;
        float[] expected = NpyFile.Read(SharedData.Path("models/tflm-mnist-lstm/float_probabilities.npy")).Data;
        float[] labels = NpyFile.Read(SharedData.Path("models/tflm-mnist-lstm/labels.npy")).Data;
        StreamRunner runner = Runner("models/tflm-mnist-lstm/trained_lstm_float.json", "tflm-mnist-lstm");
        IReadOnlyList<float[]> answers = runner.Run(pixels);
        Assert.Equal(10, answers.Count);
        Agreement.Within(1e-5, expected, [.. answers.SelectMany(answer => answer)]);
        Assert.Equal(labels, answers.Select(answer => (float)Array.IndexOf(answer, answer.Max())));
    }

    private static float[] SileroInDouble(NamedTensors weights, float[] features)
    {
        const int Size = 128;
        float[] w = weights["lstm_cell.weight_ih"].Data, u = weights["lstm_cell.weight_hh"].Data;
        float[] inputBias = weights["lstm_cell.bias_ih"].Data, recurrentBias = weights["lstm_cell.bias_hh"].Data;
        float[] head = weights["final_conv.weight"].Data;
        double[] h = new double[Size], c = new double[Size], gates = new double[4 * Size];
        float[] probabilities = new float[features.Length / Size];
        for (int step = 0; step < probabilities.Length; step++)
        {
            for (int row = 0; row < gates.Length; row++)
            {
                gates[row] = inputBias[row] + (double)recurrentBias[row];
                for (int k = 0; k < Size; k++) gates[row] += w[row * Size + k] * (double)features[step * Size + k] + u[row * Size + k] * h[k];
            }
            double sum = weights["final_conv.bias"].Data[0];
            for (int i = 0; i < Size; i++)
            {
                c[i] = Sigmoid(gates[Size + i]) * c[i] + Sigmoid(gates[i]) * Math.Tanh(gates[2 * Size + i]);
                h[i] = Sigmoid(gates[3 * Size + i]) * Math.Tanh(c[i]);
                sum += head[i] * Math.Max(h[i], 0);
            }
            probabilities[step] = (float)Sigmoid(sum);
        }
        return probabilities;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    internal static RecurrentGraph Import(string container, string arch)
    {
        string archPath = Path.Combine(Repository.Root, "tests", "vectors", "arch", arch + ".arch.json");
        return ArchImporter.Import(SharedData.Path(container), new ImportOptions { ArchPath = archPath });
    }

    private static StreamRunner Runner(string container, string arch) => new(Import(container, arch));
}

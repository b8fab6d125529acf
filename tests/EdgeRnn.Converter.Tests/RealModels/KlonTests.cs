using System;
using System.Buffers.Binary;
using System.IO;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Converter.Import.KerasJson;

namespace EdgeRnn.Tests;

/// <summary>GRU models of a guitar pedal in Keras layout JSON, on recorded guitar.</summary>
public sealed class KlonTests
{
    private const string Folder = "models/klon-centaur-gru";

    /// <summary>What the data's README asks of float32.</summary>
    private const double LargestEsr = 1e-10;

    [Theory]
    [InlineData("centaur_0", 0)]
    [InlineData("centaur_0", 5)]
    [InlineData("centaur_50", 0)]
    [InlineData("centaur_50", 5)]
    [InlineData("centaur_100", 0)]
    [InlineData("centaur_100", 5)]
    [InlineData("centaur_small", 0)]
    [InlineData("centaur_small", 5)]
    public void Klon_gives_the_reference_audio(string model, int sample)
    {
        float[] audio = ReadAudio(SharedData.Path($"{Folder}/in_sample{sample}.wav"));
        float[] expected = NpyFile.Read(SharedData.Path($"{Folder}/{model}__sample{sample}_output.npy")).Data;
        StreamRunner runner = new(KerasJsonImporter.Import(SharedData.Path($"{Folder}/{model}.json"), new ImportOptions()));
        float[] rows = runner.Model.InputSize == 1 ? audio : WithControls(audio);

        double esr = Agreement.Esr(expected, runner.RunFlat(rows[..(expected.Length * runner.Model.InputSize)]));
        Assert.True(esr < LargestEsr, $"error to signal ratio {esr:g3}");
    }

    // Models with three inputs get the position of the gain knob and the time between samples beside the audio.
    private static float[] WithControls(float[] audio)
    {
        float[] rows = new float[audio.Length * 3];
        for (int i = 0; i < audio.Length; i++)
        {
            rows[3 * i] = audio[i];
            rows[3 * i + 1] = 0.5f;
            rows[3 * i + 2] = 1f / 44100;
        }
        return rows;
    }

    // 16-bit mono PCM: the payload of the chunk named data, scaled to [-1, 1).
    private static float[] ReadAudio(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int chunk = 12;
        while (!file.AsSpan(chunk, 4).SequenceEqual("data"u8)) chunk += 8 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(chunk + 4));
        float[] samples = new float[BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(chunk + 4)) / 2];
        for (int i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(chunk + 8 + 2 * i)) / 32768f;
        return samples;
    }
}

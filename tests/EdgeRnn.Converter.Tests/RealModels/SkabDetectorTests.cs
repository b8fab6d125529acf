using System;
using System.IO;
using System.Linq;
using EdgeRnn.Accuracy.Tasks;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Containers;

namespace EdgeRnn.Tests;

/// <summary>The forecasting detectors trained on SKAB, each on the recording it was trained on.</summary>
public sealed class SkabDetectorTests
{
    /// <summary>
    /// The thermocouple reads 22 degrees with a deviation of 0.015, so rounding a raw reading to float32 (1e-6) already moves it by
    /// 7e-5 deviations, and the LSTM carries that on. Measured over all recordings: 1.1e-4 (GRU), 5.1e-4 (LSTM).
    /// </summary>
    private const double RawTolerance = 1e-3;

    [Theory]
    [InlineData("gru")]
    [InlineData("lstm")]
    public void Detectors_forecast_what_the_notebook_forecast(string cell) => CheckAll(cell, $"skab-{cell}", 1e-5, Standardised);

    [Theory]
    [InlineData("gru")]
    [InlineData("lstm")]
    public void Detectors_standardise_raw_rows_themselves(string cell) => CheckAll(cell, $"skab-{cell}-raw", RawTolerance,
        (recording, _) => [.. recording.Inputs().SelectMany(row => row)]);

    private static void CheckAll(string cell, string arch, double tolerance, Func<SkabRecording, string, float[]> toInput)
    {
        string[] models = Directory.GetFiles(SharedData.Path($"models/skab-{cell}16"), "*.json");
        Assert.NotEmpty(models);
        (double Error, string Name) worst = (0, "");
        foreach (string model in models)
        {
            string name = Path.GetFileNameWithoutExtension(model);
            RecurrentGraph graph = ArchModelTests.Import($"models/skab-{cell}16/{name}.json", arch);
            float[] expected = NpyFile.Read(Path.ChangeExtension(model, null) + "_predictions.npy").Data;
            float[] actual = new StreamRunner(graph).RunFlat(toInput(Recording(name), model));
            double error = Agreement.MaxError(expected, actual);
            if (error > worst.Error) worst = (error, name);
        }
        Assert.True(worst.Error <= tolerance, $"{worst.Name}: largest difference {worst.Error:g4}, tolerance {tolerance:g4}");
    }

    internal static float[] Standardised(SkabRecording recording, string model) =>
        [.. SkabDetector.Read(model).Standardise(recording).SelectMany(row => row.Select(value => (float)value))];

    internal static SkabRecording Recording(string name) =>
        SkabRecording.Read(SharedData.Path($"data/skab/{name.Replace('_', '/')}.csv"));
}

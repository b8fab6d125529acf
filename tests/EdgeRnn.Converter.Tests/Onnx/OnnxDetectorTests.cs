using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Converter.Import.Onnx;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Onnx;

/// <summary>Trained forecasters for SKAB and NAB as .onnx: the network alone, fed with standardised rows as in training.</summary>
public sealed class OnnxDetectorTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData("models/skab-gru16")]
    [InlineData("models/skab-lstm16")]
    public void Skab_forecasts_are_those_of_pytorch(string folder)
    {
        string[] models = Directory.GetFiles(SharedData.Path(folder), "*.onnx");
        Assert.NotEmpty(models);
        foreach (string model in models)
        {
            string name = Path.GetFileNameWithoutExtension(model);
            using JsonDocument settings = Settings(Path.ChangeExtension(model, ".json"));
            string[] lines = File.ReadAllLines(SharedData.Path("data/skab/" + settings.RootElement.GetProperty("file").GetString() + ".csv"));
            float[] z = Standardised(lines, ';', 8, settings.RootElement);
            Check(model, z, NpyFile.Read(Path.Combine(Path.GetDirectoryName(model)!, name + "_predictions.npy")).Data);
        }
    }

    [Fact]
    public void Nab_forecasts_are_those_of_pytorch()
    {
        string model = SharedData.Path("models/nab-machine-temp-gru16/model.onnx");
        using JsonDocument settings = Settings(Path.ChangeExtension(model, ".json"));
        string[] lines = File.ReadAllLines(SharedData.Path("data/nab/realKnownCause/machine_temperature_system_failure.csv"));
        float[] z = Standardised(lines, ',', 1, settings.RootElement);
        Check(model, z, NpyFile.Read(SharedData.Path("models/nab-machine-temp-gru16/predictions.npy")).Data);
    }

    private static void Check(string model, float[] z, float[] expected)
    {
        RecurrentGraph graph = OnnxImporter.Import(model, new ImportOptions());
        Assert.Equal(2, graph.Main.Nodes.Count);
        float[] actual = new StreamRunner(graph).RunFlat(z);
        Agreement.Within(Tolerance, expected, actual[..expected.Length]);
        Assert.True(actual.Length - expected.Length <= graph.Main.OutputSize, $"{model}: {actual.Length} answers, {expected.Length} expected");
    }

    private static JsonDocument Settings(string path) => JsonDocument.Parse(File.ReadAllText(path));

    // z = (x - mean) / std of the columns after the time stamp, limited to the model's clip.
    private static float[] Standardised(string[] lines, char separator, int columns, JsonElement settings)
    {
        double[] mean = Numbers(settings.GetProperty("mean")), deviation = Numbers(settings.GetProperty("std"));
        double clip = settings.GetProperty("clip").GetDouble();
        return [.. lines.Skip(1).SelectMany(line =>
        {
            string[] cells = line.Split(separator);
            return Enumerable.Range(0, columns).Select(i => (float)Math.Clamp(
                (double.Parse(cells[i + 1], CultureInfo.InvariantCulture) - mean[i]) / deviation[i], -clip, clip));
        })];
    }

    private static double[] Numbers(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().Select(value => value.GetDouble())] : [element.GetDouble()];
}

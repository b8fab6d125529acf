using System.Linq;
using EdgeRnn.Accuracy;
using EdgeRnn.Accuracy.Tasks;
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
        float[] expected = NpyFile.Read(SharedData.Path($"{Folder}/{model}__sample{sample}_output.npy")).Data;
        StreamRunner runner = new(KerasJsonImporter.Import(SharedData.Path($"{Folder}/{model}.json"), new ImportOptions()));
        float[][] rows = KlonTask.ReadRows(Sources.BesideCheckout, sample, runner.Model.InputSize);

        double esr = Agreement.Esr(expected, runner.RunFlat([.. rows[..expected.Length].SelectMany(row => row)]));
        Assert.True(esr < LargestEsr, $"error to signal ratio {esr:g3}");
    }
}

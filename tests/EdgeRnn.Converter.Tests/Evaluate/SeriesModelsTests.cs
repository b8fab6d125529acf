using System;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Tests.Containers;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Tests.Evaluate;

/// <summary>The models an evaluation runs: found by the name of a series, standardised by its training rows.</summary>
public sealed class SeriesModelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Model_of_a_series_is_the_file_named_after_it()
    {
        _folder.File("valve1_0.ernn", ErnnWriter.Write(Echo(2)));
        Assert.Equal(2, new SeriesModels(_folder.Root).Of("valve1/0", [[1, 2]]).InputSize);
    }

    [Fact]
    public void One_model_serves_every_series()
    {
        SeriesModels models = new(_folder.File("any.ernn", ErnnWriter.Write(Echo(1))));
        Assert.Equal(models.Of("a", [[1]]).GetId(), models.Of("b", [[2]]).GetId());
    }

    [Fact]
    public void Model_of_that_name_in_a_folder_serves_series_without_one_of_their_own()
    {
        _folder.File("model.ernn", ErnnWriter.Write(Echo(1)));
        _folder.File("b.ernn", ErnnWriter.Write(Echo(2)));
        SeriesModels models = new(_folder.Root);
        Assert.Equal((1, 2), (models.Of("a", [[1]]).InputSize, models.Of("b", [[1, 2]]).InputSize));
    }

    [Fact]
    public void Series_without_a_model_is_named() => Refuses("b", [[1]], "no model for b; expected b", ".ernn");

    [Theory]
    [InlineData(".ernn")]
    [InlineData(".pt")]
    public void Model_that_reads_other_channels_is_refused(string extension)
    {
        float[][] training = [[1, 2, 3], [2, 3, 4]];
        string message = extension == ".pt"
            ? Assert.Throws<ConversionException>(() => Forecaster.Models(Scheme.F32).Of("a", training)).Message
            : Assert.Throws<ConversionException>(() =>
                new SeriesModels(_folder.File("a.ernn", ErnnWriter.Write(Echo(1)))).Of("a", training)).Message;
        Assert.Contains($"{extension} reads 1", message, StringComparison.Ordinal);
        Assert.Contains("a: has 3 channels", message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_is_not_there_is_refused() => Assert.Contains("absent.ernn", Assert.Throws<ConversionException>(
        () => new SeriesModels(Path.Combine(_folder.Root, "absent.ernn")).Of("a", [[1]])).Message, StringComparison.Ordinal);

    [Fact]
    public void Training_rows_standardise_a_model_without_a_scale()
    {
        // Means 2 and 5; deviations 1 and, of a channel that stays, its own unit.
        Preprocessing scale = SeriesModels.Standardised(Echo(2), [[1, 5], [3, 5], [float.NaN, float.PositiveInfinity]], clip: 10).Preprocessing!;
        Assert.Equal([2, 5], scale.Mean);
        Assert.Equal([1, 1], scale.InverseScale);
        Assert.Equal(10, scale.Clip);
    }

    [Fact]
    public void Tiny_units_are_standardised_like_others() =>
        Assert.Equal(1e9f, SeriesModels.Standardised(Echo(1), [[1e-9f], [3e-9f]], 0).Preprocessing!.InverseScale[0], 1e3f);

    [Fact]
    public void Rounding_of_a_recording_is_not_blown_up()
    {
        // One unit in the last place of 1e6 is 0.06; deviations below 1e-6 of the mean count as that.
        float rounded = MathF.BitIncrement(1e6f);
        float[][] rows = [.. Enumerable.Range(0, 10_000).Select(i => new[] { i == 0 ? rounded : 1e6f })];
        Assert.Equal(1, SeriesModels.Standardised(Echo(1), rows, 0).Preprocessing!.InverseScale[0], 1e-4f);
    }

    [Fact]
    public void Channel_without_a_reading_stays_as_it_is()
    {
        Preprocessing scale = SeriesModels.Standardised(Echo(1), [[float.NaN]], 0).Preprocessing!;
        Assert.Equal((0, 1), (scale.Mean[0], scale.InverseScale[0]));
    }

    [Fact]
    public void Model_with_a_scale_of_its_own_keeps_it()
    {
        RecurrentGraph own = SeriesModels.Standardised(Echo(1), [[1], [3]], 0);
        Assert.Same(own, SeriesModels.Standardised(own, [[7], [9]], 0));
    }

    private void Refuses(string series, float[][] training, params string[] parts)
    {
        string message = Assert.Throws<ConversionException>(() => new SeriesModels(_folder.Root).Of(series, training)).Message;
        foreach (string part in parts) Assert.Contains(part, message, StringComparison.Ordinal);
    }

    private static RecurrentGraph Echo(int channels) => new()
    {
        Name = "echo",
        Main = new Subgraph { InputSize = channels, Nodes = [], Outputs = [new Segment(0, 0, channels)] },
    };
}

using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Cli.Evaluation;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Tests;

/// <summary>The forecaster that ships reads standardised samples; a sensor gives something else.</summary>
public sealed class StandardiseTests : IDisposable
{
    private const int NormalRows = 1500;
    private const int FaultRow = 1800;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Raw_readings_for_a_model_without_a_scale_are_warned_of()
    {
        CliRun run = Calibrate(Convert().Succeeds());
        Assert.Contains("brings no mean and deviation, and channel 0 lies between", run.Succeeds().Error, StringComparison.Ordinal);
        Assert.Contains("--standardise --calibration", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("f32")]
    [InlineData("w8a16")]
    public void Scale_of_a_recording_is_put_before_the_network(string scheme)
    {
        CliRun converted = Convert("--standardise", "--calibration", Sensor("normal.csv", NormalRows), "--scheme", scheme).Succeeds();
        Assert.Equal("", Calibrate(converted).Succeeds().Error);
        Model model = Model.Load(_workspace.Path("f.ernn"));
        Assert.InRange(model.InputMeans[0], 19.5f, 20.5f); // 20 is the mean of the recording's sine
        JsonElement alarms = CliRun.Of("detect", _workspace.Path("watch.ernn"), "--data", Sensor("stream.csv", 2000), "--json")
            .Succeeds().Json().GetProperty("alarms");
        Assert.Equal(1, alarms.GetArrayLength());
        Assert.InRange(alarms[0].GetProperty("begin").GetInt32(), FaultRow, FaultRow + 5);
    }

    [Fact]
    public void It_needs_a_recording_and_a_model_without_a_scale()
    {
        Convert("--standardise").FailsWith("--standardise: needs a recording; add --calibration");
        CliRun.Of("convert", PumpFiles.Weights, "--arch", PumpFiles.Arch, "-o",
            _workspace.Path("f.ernn"), "--standardise", "--calibration", CalibratedPump.Stream).FailsWith("a mean and deviation of its own");
        Assert.False(File.Exists(_workspace.Path("f.ernn")));
    }

    private CliRun Convert(params string[] options) => CliRun.Of(["convert", ForecasterFiles.Weights, "--arch", ForecasterFiles.Arch,
        "-o", _workspace.Path("f.ernn"), .. options]);

    private CliRun Calibrate(CliRun converted)
    {
        Assert.Equal(0, converted.ExitCode);
        return CliRun.Of("calibrate", _workspace.Path("f.ernn"), "--data", Sensor("normal.csv", NormalRows), "-o",
            _workspace.Path("watch.ernn"));
    }

    // A sine of 60 rows round 20 with noise; from FaultRow on 40 rows that jump about.
    private string Sensor(string name, int rows)
    {
        Random random = new(3);
        return _workspace.Text(name, "time,value\n" + string.Concat(Enumerable.Range(0, rows).Select(row =>
        {
            double value = 20 + 2 * Math.Sin(2 * Math.PI * row / 60) + 0.2 * random.NextDouble();
            if (row is >= FaultRow and < FaultRow + 40) value += 1.5 + 1.5 * Math.Sin(row); // small enough to be no spike of the sensor
            return FormattableString.Invariant($"{row * 60},{value:F3}\n");
        })));
    }
}

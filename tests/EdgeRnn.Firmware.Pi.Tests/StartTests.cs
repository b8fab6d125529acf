using System;
using System.IO;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Simulator;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>Nothing runs before model, self-test, sensor and settings fit: what does not is one line.</summary>
public sealed class StartTests
{
    private const string Sensor = """{ "kind": "mpu6050", "temperature": true }""";

    [Fact]
    public void A_model_that_fits_is_ready_to_run() => Assert.NotNull(Create(Pump.Model, Sensor).Loop);

    [Fact]
    public void A_damaged_model_is_refused()
    {
        byte[] damaged = [.. Pump.Model];
        damaged[damaged.Length / 2] ^= 1;
        Refused(damaged, Sensor, "model.ernn: ");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100)]
    public void A_model_cut_off_is_refused(int length) => Refused(Pump.Model[..length], Sensor, "model.ernn: ");

    [Fact]
    public void A_model_without_a_detector_is_refused() =>
        Refused(DetectorSection.Remove(Pump.Model), Sensor, "expected detector settings in the model's file, found none; run edgernn calibrate over it");

    [Fact]
    public void A_model_without_golden_steps_runs_and_says_that_nothing_was_tested() =>
        Assert.False(Create(GoldenSteps.Remove(Pump.Model), Sensor).Model.HasSelfTest);

    [Fact]
    public void A_model_that_is_not_there_is_named()
    {
        PiException error = Assert.Throws<PiException>(() => WatchedModel.Load("absent.ernn"));
        Assert.Equal("absent.ernn: expected a model, found none: there is no such file; put one there, or name it under \"model\" in the configuration", error.Message);
    }

    [Theory]
    [InlineData("""{ "kind": "mpu6050" }""", "sensor.channels: expected some of ax, ay, az, gx, gy, gz, which the MPU-6050 measures, found 'temperature' as an input of the model")]
    [InlineData("""{ "kind": "mpu6050", "temperature": true, "channels": ["ax"] }""", "sensor.channels: expected 4 names, as the model has inputs, found 1; correct them")]
    [InlineData("""{ "kind": "mpu6050", "temperature": true, "channels": ["ax", "ay", "az", "gx"] }""", "sensor.channels: expected gx in degC, as the model was trained on, found deg/s")]
    [InlineData("""{ "kind": "mpu6050", "temperature": true, "samplesPerTurn": 5, "fifo": false, "rate": 100 }""", "LoopSettings.SamplesPerTurn: expected 1, because the MPU-6050 keeps no samples, found 5")]
    [InlineData("""{ "kind": "mpu6050", "temperature": true, "fifo": false }""", "sensor.rate: expected samples a second, found nothing, and the model does not say it either; add it")]
    [InlineData("""{ "kind": "mpu6050", "temperature": true, "counts": true }""", "Detector: the model does not accept counts")]
    public void A_sensor_that_does_not_fit_the_model_is_refused(string sensor, string expected) => Refused(Pump.Model, sensor, expected);

    [Fact]
    public void A_unit_that_is_another_word_for_the_same_can_be_allowed() =>
        Assert.NotNull(Create(Pump.Model, """{ "kind": "mpu6050", "temperature": true, "checkUnits": false, "channels": ["ax", "ay", "az", "gx"] }""").Loop);

    private static void Refused(byte[] model, string sensor, string expected)
    {
        PiException error = Assert.Throws<PiException>(() => Create(model, sensor));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static DeviceProgram Create(byte[] model, string sensor)
    {
        using PiFolder folder = new(model);
        using NotifySocket socket = new(null);
        PiSettings settings = SettingsFile.Parse(Path.Combine(folder.Root, "edgernn.json"), $$"""{ "model": "model.ernn", "sensor": {{sensor}} }""", null);
        return DeviceProgram.Create(settings, new HostParts { Board = new SimulatedBoard(), Lines = new NoLines() }, socket);
    }
}

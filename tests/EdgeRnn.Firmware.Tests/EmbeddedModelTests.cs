using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Firmware;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>The model in the microcontroller program is one that the program can start with, for the sensor it opens.</summary>
public sealed class EmbeddedModelTests
{
    private const int MostBytes = 60_000; // a larger resource is silently corrupted
    private const string Folder = "firmware/Nano/EdgeRnn.Firmware.Nano/";

    private static readonly byte[] _file = File.ReadAllBytes(Path.Combine(Repository.Root, Folder, "Model/model.ernn"));

    [Fact]
    public void It_is_the_one_that_the_simulator_runs() =>
        Assert.Equal(File.ReadAllBytes(Path.Combine(Repository.Root, "hardware/EdgeRnn.Simulator/models/vibration-mpu6050.ernn")), _file);

    [Fact]
    public void It_fits_a_resource() => Assert.InRange(_file.Length, 1, MostBytes);

    [Fact]
    public void It_starts_and_passes_its_golden_steps()
    {
        ModelBoot boot = new(null, null, _file, false);
        Assert.Equal("model of the program", boot.Source);
        Assert.Equal(SelfTestStatus.Passed, boot.Start!.SelfTestResult);
        Assert.Equal("", boot.Notes);
    }

    // Firmware for the smallest boards has no exponential function.
    [Fact]
    public void It_computes_in_integers_alone() => Assert.True(Model.Load(_file).IsIntegerOnly);

    [Fact]
    public void Its_channels_and_units_are_those_of_the_sensor()
    {
        Model model = Model.Load(_file);
        Mpu6050 sensor = Sensor(new DeviceStart(_file, false).Detector!.PeriodMs);
        IEnumerable<string> given = Enumerable.Range(0, sensor.ChannelCount).Select(i => $"{sensor.ChannelName(i)} {sensor.ChannelUnit(i)}");
        Assert.Equal(model.InputNames.Zip(model.InputUnits, (name, unit) => $"{name} {unit}"), given);
    }

    [Fact]
    public void A_loop_takes_it_with_the_sensor()
    {
        Detector detector = new DeviceStart(_file, false).Detector!;
        Mpu6050 sensor = Sensor(detector.PeriodMs);
        Assert.Equal(1000 * detector.PeriodMs, sensor.SamplePeriodMicros);
        SensorLoop loop = new(detector, sensor, new VirtualClock(), new LoopSettings { SamplesPerTurn = 5 });
        Assert.Equal(SensorStatus.NotStarted, loop.LastSensorStatus);
    }

    // As DeviceSensor.cs makes it, which compiles for devices alone.
    private static Mpu6050 Sensor(int periodMs)
    {
        string source = File.ReadAllText(Path.Combine(Repository.Root, Folder, "DeviceSensor.cs"));
        Assert.Contains("new Mpu6050Settings { UseRotation = false, UseTemperature = true }", source, System.StringComparison.Ordinal);
        SimulatedBoard board = new();
        return new Mpu6050(board.OpenI2c(1, Mpu6050.Address, InvenSenseSensor.LongestTransfer), board.Clock,
            new Mpu6050Settings { UseRotation = false, UseTemperature = true, PeriodMicros = 1000 * periodMs });
    }
}

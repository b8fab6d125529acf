using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests.Motion;

/// <summary>The drivers' pages tell the truth: their examples are compiled and run, the figures they name hold.</summary>
public sealed class MotionPageTests
{
    private const string Sensors = "hardware/EdgeRnn.Hardware/Sensors";

    private readonly SimulatedBoard _board = new();
    private readonly List<float[]> _shown = [];

    [Theory, InlineData("Mpu6050"), InlineData("Mpu6886"), InlineData("Adxl345"), InlineData("Lis3dh")]
    public void The_example_of_a_page_is_the_compiled_one(string driver)
    {
        string compiled = Lines(File.ReadAllText(Path.Combine(Repository.Root, "tests/EdgeRnn.Hardware.Tests/Motion/MotionExamples.cs")));
        string[] parts = File.ReadAllText(Path.Combine(Repository.Root, Sensors, driver, "README.md")).Split("```csharp\n");
        Assert.Equal(2, parts.Length);
        string example = Lines(parts[1].Split("```")[0]);
        Assert.Contains($"Read{driver}(IBoard board, Action<float[]> show)\n{{\n{example}}}\n", compiled, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_of_the_MPU_6050_runs()
    {
        BusFaults faults = _board.AttachI2c(1, Mpu6050.Address, new SimulatedMpu6050(_board.Time));
        EndsWith(BusStatus.NoAnswer, 100, 6, MotionExamples.ReadMpu6050(_board, Until(100, faults)));
    }

    [Fact]
    public void The_example_of_the_MPU_6886_runs()
    {
        BusFaults faults = _board.AttachI2c(0, Mpu6886.Address, new SimulatedMpu6886(_board.Time));
        EndsWith(BusStatus.NoAnswer, 50, 3, MotionExamples.ReadMpu6886(_board, Until(50, faults)));
    }

    [Fact]
    public void The_example_of_the_ADXL345_runs()
    {
        BusFaults faults = _board.AttachSpi(0, 0, new SimulatedAdxl345(_board.Time));
        EndsWith(SensorStatus.LostSettings, 100, 3, MotionExamples.ReadAdxl345(_board, Until(100, faults)));
    }

    [Fact]
    public void The_example_of_the_LIS3DH_runs()
    {
        BusFaults faults = _board.AttachI2c(1, Lis3dh.Address, new SimulatedLis3dh(_board.Time));
        EndsWith(BusStatus.NoAnswer, 93, 3, MotionExamples.ReadLis3dh(_board, Until(93, faults)));
    }

    // Six channels are 12 bytes of 1024, or 14 of 1008: the sample that fills the FIFO is one too many.
    [Theory, InlineData(false, 84), InlineData(true, 71)]
    public void The_FIFO_of_six_channels_is_as_deep_as_the_page_says(bool is6886, int samples)
    {
        MotionSensor sensor = is6886 ? new Mpu6886(new SimulatedRegisterBus(new SimulatedMpu6886(_board.Time)), _board.Time, new())
            : new Mpu6050(new SimulatedRegisterBus(new SimulatedMpu6050(_board.Time)), _board.Time, new());
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        _board.Time.Advance(10_000 * samples);
        for (int i = 0; i < samples; i++) Assert.Equal(SensorStatus.Ok, sensor.Read(new float[6], 0));
        _board.Time.Advance(10_000 * (samples + 1));
        Assert.Equal(SensorStatus.Overflow, sensor.Read(new float[6], 0));
    }

    // The device is gone once so many samples have come.
    private Action<float[]> Until(int samples, BusFaults faults) => values =>
    {
        _shown.Add([.. values]);
        faults.IsAway = _shown.Count >= samples;
    };

    private void EndsWith(int status, int samples, int channels, string said)
    {
        Assert.Equal(SensorStatus.Describe(status), said);
        Assert.InRange(_shown.Count, samples, samples + 31); // what had been drained already
        Assert.All(_shown, values => Assert.Equal(channels, values.Length));
        // Half of the coarsest count, 4 mg.
        Assert.All(_shown, values => Assert.Equal(9.80665, values[2], 0.02));
    }

    private static string Lines(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));
}

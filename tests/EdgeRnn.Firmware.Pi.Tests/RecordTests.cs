using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using System.Text;
using System.Threading;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary><c>edgernn-pi record</c> on a simulated board.</summary>
public sealed class RecordTests
{
    [Fact]
    public void Every_sample_is_a_line_with_its_time()
    {
        string[] lines = Record(new PumpBoard(), "--sensor", "mpu6050", "--samples", "200", "--option", "rotation=false", "--option", "temperature=true");
        Assert.Equal(200, lines.Length);
        Assert.Matches(@"^time:0\.000000 ax:\S+ ay:\S+ az:\S+ temperature:\S+$", lines[0]);
        Assert.StartsWith("time:1.990000 ", lines[199], StringComparison.Ordinal);
        float ax = float.Parse(lines[50].Split(' ')[1][3..], CultureInfo.InvariantCulture);
        // The sensor takes some rows to start.
        float[] measured = [.. Enumerable.Range(45, 40).Select(row => Pump.Rows[row][0])];
        Assert.Contains(measured, value => Math.Abs(value - ax) < 0.002); // half a count of 2 g is 0.0003 m/s2
    }

    [Fact]
    public void A_tick_without_a_sample_is_a_line_of_nan()
    {
        PumpBoard board = new();
        board.TakeAway(0.5, 0.8);
        string[] lines = Record(board, "--sensor", "mpu6050", "--samples", "200", "--rate", "100", "--option", "rotation=false", "--option", "fifo=false");
        Assert.Equal(200, lines.Length);
        Assert.InRange(lines.Count(line => line.EndsWith("ax:nan ay:nan az:nan", StringComparison.Ordinal)), 29, 60);
        Assert.DoesNotContain("nan", lines[199], StringComparison.Ordinal);
        Assert.Equal(lines.Length, lines.Select(line => line.Split(' ')[0]).Distinct().Count());
    }

    [Fact]
    public void A_fast_sensor_is_emptied_before_it_is_full()
    {
        PumpBoard board = new();
        board.Board.AttachI2c(1, Adxl345.Address, new SimulatedAdxl345(board.Time) { Acceleration = _ => (1, 2, 3) });
        string[] lines = Record(board, "--sensor", "adxl345", "--rate", "1600", "--samples", "1000");
        Assert.DoesNotContain(lines, line => line.Contains("nan", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--sensor: expected one of ads1115, ", "--rate", "100")]
    [InlineData("--option kind: expected one of", "--sensor", "mpu")]
    [InlineData("--option range: expected one of 2, 4, 8, 16, found '3'", "--sensor", "mpu6050", "--option", "range=3")]
    [InlineData("--option: expected NAME=VALUE", "--sensor", "mpu6050", "--option", "range")]
    [InlineData("'--force': expected nothing more", "--sensor", "mpu6050", "--force")]
    [InlineData("--samples: expected a number", "--sensor", "mpu6050", "--samples", "many")]
    [InlineData("BME280: no device answers at this address", "--sensor", "bme280")]
    public void What_is_wrong_is_one_line(string expected, params string[] args)
    {
        PiException error = Assert.Throws<PiException>(() => Record(new PumpBoard(), args));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_that_nobody_reads_any_more_ends()
    {
        using AnonymousPipeServerStream pipe = new(PipeDirection.Out);
        using FileStream output = RecordCommand.OutputTo(pipe.SafePipeHandle.DangerousGetHandle());
        using CancellationTokenSource stop = new();
        pipe.DisposeLocalCopyOfClientHandle();
        using (LineQueue lines = new(output, 16, stop.Cancel)) lines.Write("ax:1\n"u8.ToArray(), 5);
        Assert.True(stop.IsCancellationRequested);
    }

    private static string[] Record(PumpBoard board, params string[] args)
    {
        Lines lines = new();
        using CancellationTokenSource stop = new();
        Assert.Equal(0, RecordCommand.Run(new Arguments(["record", .. args]), board.Board, lines, stop));
        return [.. lines.All];
    }

    private sealed class Lines : IReportSink
    {
        public List<string> All { get; } = [];

        public void Write(byte[] text, int count) => All.Add(Encoding.ASCII.GetString(text, 0, count).TrimEnd('\n'));
    }
}

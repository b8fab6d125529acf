using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using EdgeRnn.Cli.Record;

namespace EdgeRnn.Cli.Tests;

/// <summary><c>edgernn record</c>: from lines to a CSV that calibrate and detect read.</summary>
public sealed class RecordTests
{
    private const string Output = "data.csv";

    [Fact]
    public void A_log_becomes_a_CSV_with_header_and_time()
    {
        using Workspace workspace = new();
        string log = workspace.Text("serial.log", "boot text\nax:1 ay:2\nax:3 ay:4\nax:5 ay:nan\nax:7");
        CliRun run = CliRun.Of("record", "--file", log, "-o", workspace.Path(Output), "--samples", "3", "--rate", "100").Succeeds();
        Assert.Equal("time,ax,ay\n0.000000,1,2\n0.010000,3,4\n0.020000,5,\n", File.ReadAllText(workspace.Path(Output)));
        Assert.Contains("3 rows of time, ax, ay; 1 values missing, 1 bad lines", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 lines had no row in them, the last 'boot text'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_says_for_scripts_is_one_document()
    {
        using Workspace workspace = new();
        string log = workspace.Text("serial.log", "time:0.5 ax:1\ntime:0.6 ax:2\ntime:0.0 ax:3\n");
        CliRun run = CliRun.Of("record", "--file", log, "-o", workspace.Path(Output), "--samples", "3", "--json").Succeeds();
        Assert.Equal(3, run.Json().GetProperty("rows").GetInt32());
        Assert.Equal(1, run.Json().GetProperty("deviceRestarts").GetInt32());
        Assert.Equal("samples", run.Json().GetProperty("ended").GetString());
        Assert.Equal("time,ax\n0.5,1\n0.6,2\n0.0,3\n", File.ReadAllText(workspace.Path(Output)));
    }

    [Fact]
    public void A_recording_of_a_device_is_what_calibrate_reads()
    {
        using Workspace workspace = new();
        string[] rows = File.ReadAllLines(CalibratedPump.Normal(workspace));
        string[] names = rows[0].Split(',');
        string log = workspace.Text("serial.log", string.Concat(rows.Skip(1).Select(row => string.Join(' ', row.Split(',').Select((cell, i) => $"{names[i]}:{cell}")) + "\n")));
        CliRun.Of("record", "--file", log, "-o", workspace.Path(Output), "--samples", $"{rows.Length - 1}").Succeeds();
        CliRun.Of("calibrate", CalibratedPump.Model(workspace), "--data", workspace.Path(Output), "-o", workspace.Path("watch.ernn")).Succeeds();
    }

    [Fact]
    public async Task A_serial_line_is_read_with_its_noise_and_its_resets()
    {
        using Workspace workspace = new();
        using PseudoTerminal serial = new();
        string output = workspace.Path(Output);
        Task<CliRun> run = Task.Run(() => CliRun.Of("record", "--port", serial.Path, "--baud", "115200", "-o", output, "--samples", "5", "--rate", "10"),
            TestContext.Current.CancellationToken);
        // Whatever came before the line was set up may be lost; the device goes on printing until it has been heard.
        byte[] stream = [.. "0.5 ay:7\r\nax:1 ay:2\r\nax:3 ay:4\r\n"u8, 0, 0xFF, 0xC3, 0x28, (byte)'\n', .. "ax:5 ay:0.\r\nets Jul 29 2019\r\nrst:0x1\r\nax:6 ay:7\r\n"u8];
        while (!run.IsCompleted)
        {
            serial.Write(stream);
            await Task.WhenAny(run, Task.Run(() => TestContext.Current.CancellationToken.WaitHandle.WaitOne(20), TestContext.Current.CancellationToken));
        }
        (await run).Succeeds();
        string[] lines = await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken);
        Assert.Equal("time,ax,ay", lines[0]);
        Assert.Equal(6, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.Contains(line.Split(',', 2)[1], new[] { "1,2", "3,4", "5,0.", "6,7" }));
    }

    [Fact]
    public void A_recording_that_is_there_is_kept()
    {
        using Workspace workspace = new();
        string log = workspace.Text("serial.log", "1,2\n3,4\n"), output = workspace.Text(Output, "old");
        CliRun.Of("record", "--file", log, "-o", output, "--samples", "2").FailsWith("is there already", "--force");
        Assert.Equal("old", File.ReadAllText(output));
        CliRun.Of("record", "--file", log, "-o", output, "--samples", "2", "--rate", "1", "--columns", "a,b", "--force").Succeeds();
        Assert.Equal("time,a,b\n0.000000,1,2\n1.000000,3,4\n", File.ReadAllText(output));
    }

    [Fact]
    public void Lines_without_a_row_leave_no_file()
    {
        using Workspace workspace = new();
        string log = workspace.Text("serial.log", "hello world!\nnothing here.\n");
        CliRun.Of("record", "--file", log, "-o", workspace.Path(Output), "--duration", "2")
            .FailsWith("expected lines as 'ax:0.12 ay:9.81' or '0.12,9.81', found 2 lines without one, the last 'nothing here.'");
        Assert.False(File.Exists(workspace.Path(Output)));
    }

    [Theory]
    [InlineData("expected one of --sensor, --port, --file and --scenario, found none")]
    [InlineData("found --port and --file", "--port", "/dev/ttyUSB0", "--file", "x")]
    [InlineData("--host and --option go with --sensor, found --port", "--port", "/dev/ttyUSB0", "--host", "pi@pi")]
    [InlineData("absent.log: cannot be opened: there is no such file", "--file", "absent.log")]
    [InlineData("/dev/null: expected a serial line that takes 115200 baud, found none", "--port", "/dev/null")]
    [InlineData("--baud: expected 50 to 4000000, found 7", "--port", "/dev/null", "--baud", "7")]
    [InlineData("--samples: expected 1 or more, found -1", "--file", "x", "--samples", "-1")]
    [InlineData("--rate: expected samples a second", "--file", "x", "--rate", "0")]
    [InlineData("--columns: expected names as ax,ay,az", "--file", "x", "--columns", "ax,ax")]
    [InlineData("expected USER@HOST", "--sensor", "mpu6050", "--host", "-oProxyCommand=x")]
    public void Wrong_usage_is_one_line(string expected, params string[] args)
    {
        using Workspace workspace = new();
        CliRun.Of(["record", "-o", workspace.Path(Output), .. args]).FailsWith(expected);
    }

    [Fact]
    public void Columns_that_the_lines_do_not_have_are_named()
    {
        using Workspace workspace = new();
        string lines = workspace.Text("lines.txt", "ax:1 ay:2\nax:3 ay:4\n");
        CliRun.Of("record", "--file", lines, "--columns", "a,b,c", "--duration", "0.3", "-o", workspace.Path(Output))
            .FailsWith("expected lines with the 3 values that --columns names (a, b, c), found 2 lines without one, the last 'ax:3 ay:4'");
    }

    [Fact]
    public void The_scores_of_a_device_that_watches_are_no_recording()
    {
        using Workspace workspace = new();
        string lines = workspace.Text("lines.txt", "score:0.1000 threshold:0.8000 alarm:0\nscore:0.2000 threshold:0.8000 alarm:0\n");
        CliRun run = CliRun.Of("record", "--file", lines, "--samples", "2", "-o", workspace.Path(Output)).Succeeds();
        Assert.Contains("not what its sensor measures", run.Error, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_ends_before_its_first_row_is_what_went_wrong()
    {
        using FakeDevice device = new();
        device.Script("ssh", "exit 255");
        device.Run("record", "--sensor", "mpu6050", "--host", "pi@raspberrypi", "-o", device.Path(Output))
            .FailsWith("ssh: ended with exit code 255 before the first row; nothing was written");
        Assert.False(File.Exists(device.Path(Output)));
    }

    [Fact]
    public void A_sensor_of_a_Raspberry_Pi_is_read_by_its_own_program_over_ssh()
    {
        using FakeDevice device = new();
        Directory.CreateDirectory(device.Path("opt/edgernn/current"));
        device.Executable("opt/edgernn/current/edgernn-pi", "echo \"$*\" >> \"$FAKE/log\"\nprintf 'time:0.00 ax:1\\ntime:0.01 ax:2\\n'");
        device.Run("record", "--sensor", "mpu6050", "--host", "pi@raspberrypi", "--rate", "100", "--option", "range=4;reboot", "-o", device.Path(Output)).Succeeds();
        Assert.Equal("time,ax\n0.00,1\n0.01,2\n", File.ReadAllText(device.Path(Output)));
        Assert.Equal(["ssh pi@raspberrypi", "record --sensor mpu6050 --rate 100 --option range=4;reboot"], device.Log);
    }

    [Fact]
    public void An_interrupt_keeps_every_whole_row_that_has_come()
    {
        using FakeDevice device = new();
        // Three rows and the half of a fourth, then a signal for edgernn, which treats SIGTERM as Ctrl-C; the sensor would go on for ever.
        device.Script("edgernn-pi", "printf 'ax:1 ay:2\\nax:3 ay:4\\nax:5 ay:6\\nax:7 a'; kill -TERM $PPID; exec tail -f /dev/null");
        CliRun run = device.Run("record", "--sensor", "mpu6050", "--rate", "100", "--json", "-o", device.Path(Output)).Succeeds();
        Assert.Equal("interrupt", run.Json().GetProperty("ended").GetString());
        Assert.Equal("time,ax,ay\n0.000000,1,2\n0.010000,3,4\n0.020000,5,6\n", File.ReadAllText(device.Path(Output)));
    }

    [Fact]
    public void A_recorder_that_is_not_installed_is_one_line()
    {
        using FakeDevice device = new();
        CliRun run = device.Run("record", "--sensor", "mpu6050", "-o", device.Path(Output));
        Assert.Equal("error: edgernn-pi: expected a program on PATH, found none; run this on the Raspberry Pi with edgernn-pi installed, or add --host USER@HOST\n", run.Error);
    }

    [Fact]
    public void A_duration_ends_a_stream_that_goes_on()
    {
        Clock clock = new();
        using EndlessStream stream = new("1,2\n", clock);
        using Workspace workspace = new();
        using LineSource lines = new(stream, clock);
        using RecordingFile file = new(workspace.Path(Output), false, null, clock);
        Recorder recorder = new(new RowAssembler([]), file, new RecordLimits(0, 2.5), clock);
        recorder.Run(lines, () => false, CancellationToken.None);
        Assert.Equal("duration", recorder.Ended);
        Assert.True(file.Rows >= 1);
        Assert.All(File.ReadAllLines(workspace.Path(Output)).Skip(1), line => Assert.EndsWith(",1,2", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_without_an_end_is_left_out()
    {
        using MemoryStream stream = new("1,2\n3,4\n5,6"u8.ToArray());
        using Workspace workspace = new();
        using LineSource lines = new(stream, TimeProvider.System);
        using RecordingFile file = new(workspace.Path(Output), false, 1, TimeProvider.System);
        Recorder recorder = new(new RowAssembler([]), file, new RecordLimits(0, 0), TimeProvider.System);
        recorder.Run(lines, () => false, CancellationToken.None);
        Assert.Equal("end", recorder.Ended);
        Assert.Equal(2, file.Rows);
    }

    // Goes on by a tenth of a second whenever somebody looks.
    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => 10;

        public override long GetTimestamp() => Interlocked.Increment(ref _ticks);
    }

    private sealed class EndlessStream(string text, TimeProvider clock) : MemoryStream
    {
        private readonly byte[] _text = Encoding.ASCII.GetBytes(text);

        public override int Read(byte[] buffer, int offset, int count)
        {
            clock.GetTimestamp();
            _text.CopyTo(buffer, offset);
            return _text.Length;
        }
    }
}

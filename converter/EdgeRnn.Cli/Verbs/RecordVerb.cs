using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeRnn.Cli.Deploy;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Output;
using EdgeRnn.Cli.Record;

namespace EdgeRnn.Cli.Verbs;

/// <summary>
/// <c>edgernn record</c>: a CSV for calibrate and detect, from a device's serial line, a file being written, or a sensor of a Pi.
/// </summary>
internal sealed class RecordVerb : Verb
{
    private readonly Option<string?> _sensor = new("--sensor")
    {
        Description = "A sensor of a Raspberry Pi, as mpu6050; edgernn-pi reads it.",
        HelpName = "NAME",
    };
    private readonly Option<string?> _port = new("--port") { Description = "A device's serial line, as /dev/ttyUSB0.", HelpName = "PORT" };
    private readonly Option<string?> _file = new("--file")
    {
        Description = "A file another program writes; followed as it grows.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _scenario = new("--scenario")
    {
        Description = "The sensor of a scenario, simulated; as a path, or the name of one that ships.",
        HelpName = "SCENARIO",
    };
    private readonly Option<ulong?> _seed = new("--seed")
    {
        Description = "With --scenario: chooses the noise of every source; without it the scenario's own.",
        HelpName = "N",
    };
    private readonly Option<string?> _host = new("--host")
    {
        Description = "With --sensor: the Raspberry Pi, over ssh.",
        HelpName = "USER@HOST",
    };
    private readonly Option<string[]> _option = new("--option")
    {
        Description = "With --sensor: an option of the sensor; repeatable.",
        HelpName = "NAME=VALUE",
    };
    private readonly Option<int> _baud = new("--baud")
    {
        Description = "With --port: bits a second.",
        HelpName = "N",
        DefaultValueFactory = _ => 115_200,
    };
    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The CSV to write.",
        HelpName = "DATA.csv",
        Required = true,
    };
    private readonly Option<int> _samples = new("--samples") { Description = "Ends after so many rows.", HelpName = "N" };
    private readonly Option<double> _duration = new("--duration") { Description = "Ends after so many seconds.", HelpName = "SECONDS" };
    private readonly Option<double?> _rate = new("--rate")
    {
        Description = "Samples a second: the sensor measures so often, and the time column counts by it.",
        HelpName = "HZ",
    };
    private readonly Option<string?> _columns = new("--columns")
    {
        Description = "Names of the columns, where the device prints none.",
        HelpName = "A,B,...",
    };
    private readonly Option<bool> _force = new("--force") { Description = "Replaces DATA.csv where it exists." };

    public RecordVerb(Terminal terminal)
        : base(terminal, "record", "Collects data for calibrate and detect from a device, a file or a Pi's sensor.",
        "edgernn record --port /dev/ttyUSB0 -o normal.csv --duration 60",
        "edgernn record --sensor mpu6050 --host pi@raspberrypi --rate 100 -o normal.csv --samples 6000",
        "edgernn record --file serial.log -o normal.csv --columns ax,ay,az --rate 100",
        "edgernn record --scenario pump.yaml -o normal.csv --seed 7 --duration 60")
    {
        Option[] options =
            [_sensor, _port, _file, _scenario, _seed, _host, _option, _baud, _output, _samples, _duration, _rate, _columns, _force];
        foreach (Option option in options) Add(option);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        string output = arguments.GetRequiredValue(_output);
        bool replaces = arguments.GetValue(_force);
        RecordLimits limits = new(arguments.GetValue(_samples), arguments.GetValue(_duration));
        double? rate = arguments.GetValue(_rate);
        if (limits.Samples < 0) throw new CommandException($"--samples: expected 1 or more, found {limits.Samples}");
        if (!(limits.Seconds >= 0 && limits.Seconds < 1e9))
            throw new CommandException("--duration: expected seconds above 0, " +
                $"found {limits.Seconds.ToString(CultureInfo.InvariantCulture)}");
        if (rate is { } hz && !(hz > 0 && hz <= 100_000))
            throw new CommandException("--rate: expected samples a second from above 0 to 100000, " +
                $"found {hz.ToString(CultureInfo.InvariantCulture)}");
        CheckSources(arguments);
        string[] columns = ColumnsOf(arguments);
        AtomicFile.CheckTarget(output, arguments.GetValue(_file));
        if (File.Exists(output) && !replaces)
            throw new CommandException($"{output}: is there already; choose another name, or add --force to replace it");

        if (arguments.GetValue(_scenario) is { } scenario) return RecordScenario(arguments, scenario, output, limits, report);
        TimeProvider time = TimeProvider.System;
        using InterruptSignal interrupt = new();
        using RecordSource source = SourceOf(arguments, rate, limits, time);
        using RecordingFile file = new(output, replaces, rate, time);
        RowAssembler rows = new(columns);
        Recorder recorder = new(rows, file, limits, time);
        recorder.Run(source.Lines, source.Stop, interrupt.Token, ProgressOf(report, file));
        if (report.Terminal.ErrorIsTerminal && !report.Json) report.Terminal.Error.Write("\r");
        Finish(output, source, file, rows, recorder, report);
        return ExitCode.Done;
    }

    private int RecordScenario(ParseResult arguments, string named, string output, RecordLimits limits, Report report)
    {
        using InterruptSignal interrupt = new();
        ScenarioRecorder.Run(named, output, arguments.GetValue(_force), arguments.GetValue(_seed), limits, report, interrupt.Token);
        return interrupt.Token.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
    }

    private static void Finish(string output, RecordSource source, RecordingFile file, RowAssembler rows, Recorder recorder, Report report)
    {
        if (file.Rows == 0)
        {
            if (recorder.Ended == "end" && source.ExitCode() != 0)
            {
                throw new CommandException($"{source.Name}: ended with exit code {source.ExitCode()} before the first row; " +
                    "nothing was written, " +
                    "and what it said stands above");
            }
            string found = rows.Bad == 0 ? "no line" : $"{rows.Bad} lines without one, the last '{rows.LastBad}'";
            string expected = rows.Wanted.Count == 0 ? "lines as 'ax:0.12 ay:9.81' or '0.12,9.81'"
                : $"lines with the {rows.Wanted.Count} values that --columns names ({string.Join(", ", rows.Wanted)})";
            throw new CommandException($"{source.Name}: expected {expected}, found {found}; nothing was written" +
                (source.Lines.Failure == null ? "" : $"; reading ended: {source.Lines.Failure}"));
        }
        if (recorder.Ended == "end" && source.ExitCode() != 0)
            report.Warn($"{source.Name}: ended with exit code {source.ExitCode()}; the rows before are kept");
        if (source.Lines.Failure is { } failure) report.Warn($"{source.Name}: reading ended: {failure}; the rows before are kept");
        if (file.Header.Contains("score") && file.Header.Contains("threshold"))
        {
            report.Warn($"{source.Name}: these are the scores of a device that watches, not what its sensor measures; " +
                "have it record, as firmware/Nano/README.md says");
        }
        if (rows.Bad > 0) report.Note($"{source.Name}: {rows.Bad} lines had no row in them, the last '{rows.LastBad}'");
        if (file.Restarts > 0) report.Note($"{source.Name}: the device's time went back {file.Restarts} times, as when it starts again");
        report.Line(OneLine.Of($"{source.Name} -> {output}: {file.Rows} rows of {string.Join(", ", file.Header)}; " +
            $"{file.Missing} values missing, {rows.Bad} bad lines"));
        report.Line(OneLine.Of($"Next: `edgernn calibrate MODEL.ernn --data {output} -o OUT.ernn`, with --range CHANNEL=LOW:HIGH for what a " +
            "sensor can give beyond what was recorded"));
        report.Document(new
        {
            source = source.Name,
            output,
            rows = file.Rows,
            columns = file.Header,
            missingValues = file.Missing,
            badLines = rows.Bad,
            deviceRestarts = file.Restarts,
            ended = recorder.Ended,
        });
    }

    private void CheckSources(ParseResult arguments)
    {
        Option<string?>[] sources = [_sensor, _port, _file, _scenario];
        string[] given = [.. sources.Where(source => arguments.GetValue(source) != null).Select(source => source.Name)];
        if (given.Length != 1)
            throw new CommandException("record: expected one of --sensor, --port, --file and --scenario, " +
                $"found {(given.Length == 0 ? "none" : string.Join(" and ", given))}; `edgernn record --help` shows how");
        bool isSensor = arguments.GetValue(_sensor) != null;
        if (!isSensor && (arguments.GetValue(_host) != null || arguments.GetValue(_option) is { Length: > 0 }))
            throw new CommandException($"record: --host and --option go with --sensor, found {given[0]}; leave them out");
        bool isScenario = arguments.GetValue(_scenario) != null;
        if (!isScenario && arguments.GetValue(_seed) != null)
            throw new CommandException($"record: --seed goes with --scenario, found {given[0]}; leave it out");
        if (isScenario && (arguments.GetValue(_rate) != null || arguments.GetValue(_columns) != null))
            throw new CommandException("record: a scenario says its rate and columns itself, found --rate or --columns; leave them out");
    }

    private RecordSource SourceOf(ParseResult arguments, double? rate, RecordLimits limits, TimeProvider time)
    {
        if (arguments.GetValue(_port) is { } port)
        {
            int baud = arguments.GetValue(_baud);
            return baud is >= 50 and <= 4_000_000 ? RecordSource.Port(port, baud, time)
                : throw new CommandException($"--baud: expected 50 to 4000000, found {baud}");
        }
        if (arguments.GetValue(_file) is { } file) return RecordSource.OfFile(file, time);
        List<string> words = ["--sensor", arguments.GetValue(_sensor)!];
        if (rate is { } hz) words.AddRange(["--rate", hz.ToString(CultureInfo.InvariantCulture)]);
        if (limits.Samples > 0) words.AddRange(["--samples", limits.Samples.ToString(CultureInfo.InvariantCulture)]);
        foreach (string option in arguments.GetValue(_option) ?? []) words.AddRange(["--option", option]);
        return RecordSource.Sensor(words, arguments.GetValue(_host) is { } host ? DeployHost.Parse(host) : null, time);
    }

    private string[] ColumnsOf(ParseResult arguments)
    {
        if (arguments.GetValue(_columns) is not { } text) return [];
        string[] columns = [.. text.Split(',').Select(name => name.Trim())];
        if (DeviceLine.Parse(string.Join(',', columns)).Kind == DeviceLineKind.Header) return columns;
        throw new CommandException($"--columns: expected names as ax,ay,az, each once, found '{text}'; correct it");
    }

    private static Action? ProgressOf(Report report, RecordingFile file)
    {
        if (!report.Terminal.ErrorIsTerminal || report.Json) return null;
        int shown = 0;
        return () =>
        {
            if (file.Rows - shown < 100) return;
            shown = file.Rows;
            report.Terminal.Error.Write($"\r{shown} rows; Ctrl-C ends the recording ");
        };
    }
}

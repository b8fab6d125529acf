using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using EdgeRnn.Cli.Monitor;
using EdgeRnn.Cli.Output;
using EdgeRnn.Cli.Record;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn monitor</c>: what a device does now, on the terminal or on a live page.</summary>
internal sealed class MonitorVerb : Verb
{
    private const int _usualWidth = 80;

    private readonly Option<string?> _port = new("--port") { Description = "A device's serial line, as /dev/ttyUSB0.", HelpName = "PORT" };
    private readonly Option<string?> _url = new("--url")
    {
        Description = "The health address of a Raspberry Pi's service, as http://raspberrypi:8077.",
        HelpName = "URL",
    };
    private readonly Option<string?> _csv = new("--csv") { Description = "A CSV that grows; followed.", HelpName = "FILE" };
    private readonly Option<string?> _model = new("--model")
    {
        Description = "Computes the score here, by this model's detector over the samples that come.",
        HelpName = "MODEL.ernn",
    };
    private readonly Option<string?> _columns = new("--columns")
    {
        Description = "Names of the columns, where a line or file has none.",
        HelpName = "A,B,...",
    };
    private readonly Option<double?> _rate = new("--rate")
    {
        Description = "Rows a second, where they have no time of their own.",
        HelpName = "HZ",
    };
    private readonly Option<int> _baud = new("--baud")
    {
        Description = "With --port: bits a second.",
        HelpName = "N",
        DefaultValueFactory = _ => 115_200,
    };
    private readonly Option<int> _samples = new("--samples") { Description = "Ends after so many samples.", HelpName = "N" };
    private readonly Option<double> _duration = new("--duration") { Description = "Ends after so many seconds.", HelpName = "SECONDS" };
    private readonly Option<bool> _web = new("--web") { Description = "Shows it on a page for a browser on this computer." };
    private readonly Option<int> _webPort = new("--web-port")
    {
        Description = "With --web: the page's port; any, where left out.",
        HelpName = "N",
    };

    public MonitorVerb(Terminal terminal)
        : base(terminal, "monitor", "Shows what a device does now: its samples, score, alarms and faults.",
        "edgernn monitor --port /dev/ttyUSB0",
        "edgernn monitor --url http://raspberrypi:8077 --web",
        "edgernn monitor --csv normal.csv --model watch.ernn --duration 60")
    {
        Option[] options = [_port, _url, _csv, _model, _columns, _rate, _baud, _samples, _duration, _web, _webPort];
        foreach (Option option in options) Add(option);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        Option<string?>[] sources = [_port, _url, _csv];
        string[] given = [.. sources.Where(source => arguments.GetValue(source) != null).Select(source => source.Name)];
        if (given.Length != 1)
            throw new CommandException("monitor: expected one of --port, --url and --csv, " +
                $"found {(given.Length == 0 ? "none" : string.Join(" and ", given))}; `edgernn monitor --help` shows how");
        RecordLimits limits = LimitsOf(arguments);
        int webPort = arguments.GetValue(_webPort);
        if (webPort is < 0 or > IPEndPoint.MaxPort)
            throw new CommandException($"--web-port: expected 0 to {IPEndPoint.MaxPort}, found {webPort}");
        bool hasPage = arguments.GetValue(_web) || webPort > 0;
        ModelScorer? scorer = arguments.GetValue(_model) is { } model ? new ModelScorer(model) : null;
        TimeProvider time = TimeProvider.System;
        string name = sources.Select(arguments.GetValue).First(value => value != null)!;
        string described = scorer == null ? name : $"{name}, score computed here with {Path.GetFileName(scorer.Path)}";

        using InterruptSignal interrupt = new();
        using IMonitorSource source = SourceOf(arguments, scorer, time, interrupt.Token);
        if (source.Mode == "metrics")
            report.Note($"{name}: has no /stream; score, threshold, alarm and state come from /metrics once a second, and no samples");
        if (source.Mode == "metrics") described += ", metrics once a second";
        MonitorSession session = new(TitleOf(name, scorer), described, hasPage) { Most = limits.Samples };
        using MonitorPage? page = hasPage ? new MonitorPage(session.Feed!, webPort) : null;
        if (page != null && report.Json) report.Note($"live page: {page.Url}");
        else if (page != null) report.Line($"Live page: {page.Url}");
        MonitorView? view = report.Json ? null : new MonitorView(session, report.Terminal, WidthOf(report.Terminal), time);
        if (view != null) session.OnEvent = view.Write;
        MonitorRun run = new(source, session, view, limits, time);
        run.Run(interrupt.Token);
        if (session.Steps == 0 && run.Ended != "interrupt") throw new CommandException(source.Nothing(session));
        if (session.Steps == 0) report.Warn(source.Nothing(session));
        MonitorText.Write(report, name, source.Mode, scorer, session, run.Ended);
        return ExitCode.Done;
    }

    private IMonitorSource SourceOf(ParseResult arguments, ModelScorer? scorer, TimeProvider time, CancellationToken interrupted)
    {
        double? rate = arguments.GetValue(_rate);
        if (rate is { } hz && !(hz > 0 && hz <= 100_000))
            throw new CommandException("--rate: expected samples a second from above 0 to 100000, " +
                $"found {hz.ToString(CultureInfo.InvariantCulture)}");
        string[] columns = ColumnsOf(arguments);
        if (arguments.GetValue(_url) is { } url)
        {
            if (columns.Length > 0 || rate != null)
                throw new CommandException("monitor: --columns and --rate go with --port or --csv, found --url; leave them out");
            return Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && (address.Scheme is "http" or "https")
                ? new UrlSource(address, scorer, time, interrupted)
                : throw new CommandException($"--url: expected an address as http://raspberrypi:8077, found '{url}'; correct it");
        }
        if (arguments.GetValue(_csv) is { } csv)
            return new CsvSource(csv, columns, new RowSteps(csv, rate, scorer, time), time);
        string port = arguments.GetValue(_port)!;
        int baud = arguments.GetValue(_baud);
        return baud is >= 50 and <= 4_000_000 ? new SerialSource(port, baud, columns, new RowSteps(port, rate, scorer, time), time)
            : throw new CommandException($"--baud: expected 50 to 4000000, found {baud}");
    }

    private RecordLimits LimitsOf(ParseResult arguments)
    {
        RecordLimits limits = new(arguments.GetValue(_samples), arguments.GetValue(_duration));
        if (limits.Samples < 0) throw new CommandException($"--samples: expected 1 or more, found {limits.Samples}");
        return limits.Seconds is >= 0 and < 1e9 ? limits
            : throw new CommandException("--duration: expected seconds above 0, " +
                $"found {limits.Seconds.ToString(CultureInfo.InvariantCulture)}");
    }

    private string[] ColumnsOf(ParseResult arguments)
    {
        if (arguments.GetValue(_columns) is not { } text) return [];
        string[] columns = [.. text.Split(',').Select(column => column.Trim())];
        return columns.All(column => column.Length > 0) && columns.Distinct(StringComparer.Ordinal).Count() == columns.Length ? columns
            : throw new CommandException($"--columns: expected names as ax,ay,az, each once, found '{text}'; correct it");
    }

    private static string TitleOf(string name, ModelScorer? scorer) =>
        scorer is { Model.Name.Length: > 0 } ? scorer.Model.Name
            : name.Contains("://", StringComparison.Ordinal) ? name : Path.GetFileName(name);

    private static int WidthOf(Terminal terminal)
    {
        if (!terminal.OutputIsTerminal) return _usualWidth;
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : _usualWidth;
        }
        catch (IOException)
        {
            return _usualWidth;
        }
    }
}

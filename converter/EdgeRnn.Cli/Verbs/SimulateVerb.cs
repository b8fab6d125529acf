using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Output;
using EdgeRnn.Cli.Simulate;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn simulate SCENARIO</c>: the firmware over a computed board, and whether it did what the scenario expects.</summary>
internal sealed class SimulateVerb : Verb
{
    private static readonly TimeSpan _progressPause = TimeSpan.FromMilliseconds(200);

    private readonly Argument<string?> _scenario = new("SCENARIO")
    {
        Description = "A scenario file, or the name of one that ships.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<bool> _list = new("--list") { Description = "Lists the scenarios that ship." };
    private readonly Option<ulong?> _seed = new("--seed")
    {
        Description = "Chooses the noise of every source; without it the scenario's own.",
        HelpName = "N",
    };
    private readonly Option<string?> _model = new("--model")
    {
        Description = "A model in place of the scenario's.",
        HelpName = "MODEL.ernn",
    };
    private readonly Option<string?> _trace = new("--trace") { Description = "A CSV of every step.", HelpName = "OUT.csv" };
    private readonly Option<string?> _compare = new("--compare")
    {
        Description = "Compares every step with a trace written before; a difference is exit code 3.",
        HelpName = "OLD.csv",
    };
    private readonly Option<string?> _replay = new("--replay")
    {
        Description = "Plays the channels of a trace onto the sensor in place of the sources.",
        HelpName = "TRACE.csv",
    };
    private readonly Option<bool> _realtime = new("--realtime") { Description = "Runs as fast as a device would, not as fast as it can." };
    private readonly Option<double?> _speed = new("--speed")
    {
        Description = "Runs so many times as fast as a device would.",
        HelpName = "X",
    };
    private readonly Option<double> _timeLimit = new("--time-limit")
    {
        Description = "Ends after so many seconds of computing, with exit code 42.",
        HelpName = "SECONDS",
    };

    private readonly PageArguments _page = new("Shows it on a page in the browser, until Ctrl-C; without a pace it takes half a minute.");

    public SimulateVerb(Terminal terminal) : base(terminal, "simulate",
        "Runs a device's program over simulated sensors, and checks what a scenario expects of it.",
        "edgernn simulate bearing", "edgernn simulate bearing --web",
        "edgernn simulate pump.yaml --seed 7 --trace trace.csv", "edgernn simulate --list")
    {
        Add(_scenario);
        Option[] options = [_list, _seed, _model, _trace, _compare, _replay, _realtime, _speed, _timeLimit];
        foreach (Option option in options) Add(option);
        _page.AddTo(this);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        if (arguments.GetValue(_list)) return List(report);
        string named = arguments.GetValue(_scenario) ??
            throw new CommandException("simulate: SCENARIO is missing; `edgernn simulate --list` lists those that ship");
        bool isWeb = IsWeb(arguments);
        Scenario scenario = ScenarioFiles.Load(named);
        string modelPath = arguments.GetValue(_model) ?? scenario.ModelPath ??
            throw new CommandException($"{named}: names no model; add model: to it, or --model MODEL.ernn");
        string? tracePath = arguments.GetValue(_trace), oldPath = arguments.GetValue(_compare), replayPath = arguments.GetValue(_replay);
        if (tracePath != null) AtomicFile.CheckTarget(tracePath, ScenarioFiles.PathOf(named), modelPath, oldPath, replayPath);
        ulong seed = arguments.GetValue(_seed) ?? scenario.Seed;
        byte[] model = Read(modelPath);
        TraceReplay? replay = replayPath == null ? null : ScenarioFiles.Naming(() => TraceReplay.Load(replayPath, scenario));
        double speed = SpeedOf(arguments), limit = arguments.GetValue(_timeLimit);
        if (!(limit > 0) && IsGiven(arguments, _timeLimit))
            throw new CommandException($"--time-limit: expected seconds above 0, found {limit.ToString(CultureInfo.InvariantCulture)}");

        using InterruptSignal interrupt = new();
        if (isWeb) return ShowOnPage(arguments, report, scenario, model, seed, interrupt.Token);
        using TraceFile trace = new(tracePath, oldPath);
        SimulationWatch watch = new(report, trace.Trace);
        Simulation simulation = ScenarioFiles.Naming(() => new Simulation(scenario, model, seed, watch, replay));
        trace.Begin();
        report.Line(OneLine.Of($"{scenario.Title}: {scenario.FileName}, seed {seed}, {Path.GetFileName(modelPath)}, simulated"));
        SimulationPace pace = new(speed, interrupt.Token);
        bool isLate = Run(simulation, watch, pace, limit, interrupt.Token);
        bool isStopped = interrupt.Token.IsCancellationRequested && !simulation.IsOver;
        if (!isLate && !isStopped) trace.End();
        SimulationText.Write(report, simulation, pace.Computing, watch.Events, trace.Difference, oldPath);
        if (isStopped)
        {
            report.Note(string.Create(CultureInfo.InvariantCulture, $"stopped at {simulation.NowMicros / 1e6:0.000} s of the scenario") +
                (tracePath == null ? "" : $"; {tracePath} is whole up to there"));
            return ExitCode.Interrupted;
        }
        if (isLate)
        {
            report.Note(string.Create(CultureInfo.InvariantCulture,
                $"the time limit of {limit} s was reached at {simulation.NowMicros / 1e6:0.000} s of the scenario"));
            return ExitCode.TimeLimit;
        }
        return trace.Difference != null || simulation.Verdicts.Any(verdict => verdict.Met != true) ? ExitCode.Unmet : ExitCode.Done;
    }

    private int ShowOnPage(ParseResult arguments, Report report, Scenario scenario, byte[] model, ulong seed, CancellationToken interrupted)
    {
        double asked = SpeedOf(arguments), speed = asked == 0 ? LiveRun.UsualSpeed(scenario) : asked;
        using LiveRun run = ScenarioFiles.Naming(() => new LiveRun(scenario, model, seed, speed));
        return WebSimulation.Run(report, run, _page.PortOf(arguments), interrupted).GetAwaiter().GetResult();
    }

    private bool IsWeb(ParseResult arguments)
    {
        if (!_page.IsWanted(arguments)) return false;
        Option? other = Array.Find<Option>([_trace, _compare, _replay, _timeLimit], option => IsGiven(arguments, option));
        if (other == null) return true;
        throw new CommandException($"simulate: {other.Name} does not go with --web; run it without --web, " +
            "or record and export on the page");
    }

    private static bool IsGiven(ParseResult arguments, Option option) => arguments.GetResult(option) is { Implicit: false };

    // Whether the time limit was reached.
    private static bool Run(Simulation simulation, SimulationWatch watch, SimulationPace pace, double limit, CancellationToken interrupted)
    {
        TimeSpan shown = TimeSpan.Zero;
        while (!simulation.IsOver && !interrupted.IsCancellationRequested)
        {
            simulation.Turn();
            pace.Wait(simulation.NowMicros);
            TimeSpan computing = pace.Computing;
            if (limit > 0 && computing.TotalSeconds >= limit && !simulation.IsOver) return true;
            if (computing - shown < _progressPause) continue;
            shown = computing;
            watch.Progress(simulation);
        }
        watch.ClearProgress();
        return false;
    }

    private double SpeedOf(ParseResult arguments)
    {
        double? speed = arguments.GetValue(_speed);
        if (speed != null && arguments.GetValue(_realtime))
            throw new CommandException("simulate: --realtime is --speed 1, found both; leave one of them out");
        if (speed is { } times && !(times >= SimulationPace.Slowest && times <= SimulationPace.Fastest))
            throw new CommandException("--speed: expected a number from 0.01 to 1000000, " +
                $"found {times.ToString(CultureInfo.InvariantCulture)}");
        return speed ?? (arguments.GetValue(_realtime) ? 1 : 0);
    }

    private static int List(Report report)
    {
        var shipped = ScenarioFiles.Shipped.Select(name => new { name, title = ScenarioFiles.Load(name).Title }).ToArray();
        foreach (var scenario in shipped) report.Line(OneLine.Of($"{scenario.name,-20} {scenario.title}"));
        report.Document(new { scenarios = shipped });
        return ExitCode.Done;
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (FileErrors.IsOne(error))
        {
            throw new CommandException($"{path}: expected a model: {FileErrors.Reason(error, path)}; correct the scenario, or pass " +
                $"--model MODEL.ernn", error);
        }
    }
}

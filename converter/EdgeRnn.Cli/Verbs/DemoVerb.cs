using System.CommandLine;
using System.IO;
using System.Linq;
using EdgeRnn.Cli.Demo;
using EdgeRnn.Cli.Output;
using EdgeRnn.Cli.Simulate;
using EdgeRnn.Converter.Boards;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn demo</c>: from trained weights to an alarm pin over a pump whose bearing fails, with the files that ship.</summary>
internal sealed class DemoVerb : Verb
{
    private const int _timedSteps = 50_000;

    private readonly Option<string?> _folder = new("--output", "-o")
    {
        Description = "Keeps weights, recordings, scenario and the converted model in this folder.",
        HelpName = "FOLDER",
    };
    private readonly PageArguments _page = new("Then shows the scenario on a page in the browser, until Ctrl-C.");

    public DemoVerb(Terminal terminal) : base(terminal, "demo",
        "Converts a trained network that ships, verifies it, and lets it watch a simulated pump until a bearing fails.",
        "edgernn demo", "edgernn demo --web", "edgernn demo -o pump")
    {
        Add(_folder);
        _page.AddTo(this);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        string? folder = arguments.GetValue(_folder);
        bool isWeb = _page.IsWanted(arguments);
        if (isWeb && report.Json) throw new CommandException("demo: --json does not go with --web; leave one of them out");
        if (folder != null) DemoFolder.Check(folder);
        DemoModel model = DemoModel.Make();
        if (folder != null) DemoFolder.Write(folder, model.File);
        Scenario scenario = ScenarioFiles.Load(DemoFiles.Scenario);
        DemoRun run = ScenarioFiles.Naming(() => new DemoRun(scenario, model.File));
        DemoResult result = Describe(model, run);
        DemoText.Write(report, result);
        if (!result.Verified) return ExitCode.Mismatch;
        if (isWeb) return ShowOnPage(report, scenario, model.File, _page.PortOf(arguments));
        report.Line(folder == null
            ? "Next: `edgernn demo --web` shows it live; `edgernn demo -o pump` keeps model, recordings and scenario in the folder pump."
            : OneLine.Of($"The files are in {folder}. Next: `edgernn simulate {folder}/bearing.yaml --web`, or " +
                $"`edgernn inspect {folder}/pump.ernn`"));
        return result.IsMet ? ExitCode.Done : ExitCode.Unmet;
    }

    private static int ShowOnPage(Report report, Scenario scenario, byte[] model, int port)
    {
        using InterruptSignal interrupt = new();
        using LiveRun run = ScenarioFiles.Naming(() => new LiveRun(scenario, model, scenario.Seed, LiveRun.UsualSpeed(scenario)));
        return WebSimulation.Run(report, run, port, interrupt.Token).GetAwaiter().GetResult();
    }

    private static DemoResult Describe(DemoModel model, DemoRun run)
    {
        Simulation simulation = run.Simulation;
        return new DemoResult
        {
            RateHz = simulation.RateHz,
            SourceBytes = new FileInfo(DemoFiles.PathOf(DemoFiles.Weights)).Length,
            Model = ModelReport.Of(model.Model, model.File.Length) with
            {
                GoldenSteps = GoldenReport.Of(model.File, model.Model, DemoFiles.Model),
            },
            ComparedSteps = model.Steps,
            AsFloat = model.AsFloat,
            AsIntegers = model.AsIntegers,
            GoldenStepsPassed = model.GoldenStepsPassed,
            Verified = model.IsVerified,
            Timing = StepTiming.Measure(model.Model, _timedSteps, 1),
            Boards = [.. BoardCatalog.Load().Boards.Select(board => BoardCost.Of(model.File, board, simulation.RateHz))
                .Select(cost => new DemoBoard(cost.Board.Id, cost.Fit, cost.WorstSeconds))],
            Scenario = simulation.Scenario.Title,
            Seed = simulation.Seed,
            DurationSeconds = simulation.Scenario.DurationMicros / 1e6,
            Chart = run.Chart,
            Threshold = run.Threshold,
            FaultSeconds = run.FaultSeconds,
            AlarmSeconds = run.AlarmSeconds,
            AlarmPin = simulation.Scenario.Pins.Alarm?.Number,
            PinSeconds = run.PinSeconds,
            Verdicts = simulation.Verdicts,
        };
    }
}

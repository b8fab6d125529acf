using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using EdgeRnn.Cli.Deploy;
using EdgeRnn.Cli.Output;

namespace EdgeRnn.Cli.Verbs;

/// <summary><c>edgernn deploy USER@HOST</c>: the service of a Raspberry Pi, brought there and started.</summary>
internal sealed class DeployVerb : Verb
{
    private readonly Argument<string> _host = new("USER@HOST")
    {
        Description = "The device, as ssh knows it; ssh must not ask for a password.",
    };
    private readonly Option<string?> _model = new("--model")
    {
        Description = "A calibrated model that goes with it; left out, the device keeps the one it has.",
        HelpName = "MODEL.ernn",
    };
    private readonly Option<bool> _rollback = new("--rollback")
    {
        Description = "Goes back to the release that ran before; nothing is published.",
    };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Prints every command and runs none." };
    private readonly Option<string?> _source = new("--source")
    {
        Description = "A clone of EdgeRnn; left out, the one this is run in.",
        HelpName = "FOLDER",
    };
    private readonly Option<string> _runtime = new("--runtime")
    {
        Description = "What the device is: linux-arm64, or linux-arm for a system of 32 bits.",
        HelpName = "RID",
        DefaultValueFactory = _ => "linux-arm64",
    };
    private readonly Option<int> _keep = new("--keep")
    {
        Description = "Releases that stay on the device.",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
    };
    private readonly Option<int> _wait = new("--wait")
    {
        Description = "Seconds a release may take to become healthy before the one before it comes back.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 90,
    };

    public DeployVerb(Terminal terminal)
        : base(terminal, "deploy", "Publishes the service for a Raspberry Pi, copies it there over ssh and switches to it.",
        "edgernn deploy pi@raspberrypi --model watch.ernn",
        "edgernn deploy pi@raspberrypi --model watch.ernn --dry-run",
        "edgernn deploy pi@raspberrypi --rollback")
    {
        Add(_host);
        Add(_model);
        Add(_rollback);
        Add(_dryRun);
        Add(_source);
        Add(_runtime);
        Add(_keep);
        Add(_wait);
        AddCommonOptions();
    }

    protected override int Execute(ParseResult arguments, Report report)
    {
        DeployHost host = DeployHost.Parse(arguments.GetRequiredValue(_host));
        string? model = arguments.GetValue(_model);
        string runtime = arguments.GetValue(_runtime)!;
        int keep = arguments.GetValue(_keep), wait = arguments.GetValue(_wait);
        bool isRollback = arguments.GetValue(_rollback);
        if (keep is < 2 or > 100) throw new CommandException($"--keep: expected 2 to 100, because going back needs two, found {keep}");
        if (wait is < 1 or > 3600) throw new CommandException($"--wait: expected 1 to 3600 seconds, found {wait}");
        if (runtime is not ("linux-arm64" or "linux-arm" or "linux-x64"))
            throw new CommandException($"--runtime: expected linux-arm64, linux-arm or linux-x64, found '{runtime}'");
        if (isRollback && model != null)
            throw new CommandException("--rollback: expected without --model, because the release before has its own; " +
                "leave one of them out");
        DeployCommands commands = new(host, keep, wait);
        if (model != null) PiPackage.CheckModel(model);
        string? project = isRollback ? null : PiPackage.FindProject(arguments.GetValue(_source));
        if (arguments.GetValue(_dryRun)) return Show(report, Commands(commands, project, runtime), host);
        Deployment deployment = new(commands, host.Text, report);
        string release;
        if (isRollback) release = deployment.Rollback();
        else
        {
            using PiPackage package = PiPackage.Make(folder => Publish(project!, runtime, folder, report), model);
            deployment.Deploy(package);
            release = package.Release;
        }
        report.Line(OneLine.Of($"{host.Text}: {release} runs and is healthy"));
        report.Document(new { host = host.Text, release, healthy = true, dryRun = false });
        return ExitCode.Done;
    }

    private static void Publish(string project, string runtime, string folder, Report report)
    {
        ShellCommand publish = DeployCommands.Publish(project, runtime, folder);
        Deployment.Announce(report, publish);
        CommandResult result = CommandRunner.Run(publish);
        if (result.ExitCode != 0)
        {
            throw new CommandException($"{project}: dotnet publish with UseDevicePackages true failed: {result.Reason}; " +
                "it needs a package source that has the device packages, which hardware/Contracts/README.md names");
        }
    }

    private static IReadOnlyList<ShellCommand> Commands(DeployCommands commands, string? project, string runtime)
    {
        if (project == null) return [commands.Rollback(), commands.Health()];
        string folder = Path.Combine("TEMPORARY", PiPackage.NameOfAny + DeployCommands.Incoming);
        return
        [
            DeployCommands.Publish(project, runtime, folder), commands.Prepare(PiPackage.NameOfAny), commands.Copy(folder),
            commands.Accept(PiPackage.NameOfAny),
            commands.Switch(PiPackage.NameOfAny), commands.Health(), commands.CleanUp(),
        ];
    }

    private static int Show(Report report, IReadOnlyList<ShellCommand> commands, DeployHost host)
    {
        foreach (ShellCommand command in commands) report.Line(OneLine.Of(command.Text));
        report.Document(new { host = host.Text, dryRun = true, commands = commands.Select(command => command.Text) });
        return ExitCode.Done;
    }
}

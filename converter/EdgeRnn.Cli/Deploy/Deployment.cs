using EdgeRnn.Cli.Output;

namespace EdgeRnn.Cli.Deploy;

/// <summary>Runs a deployment's commands in their order, and goes back where the new release does not become healthy.</summary>
/// <param name="commands">The commands.</param>
/// <param name="host">The device, for messages.</param>
/// <param name="report">Told what is being done.</param>
internal sealed class Deployment(DeployCommands commands, string host, Report report)
{
    /// <summary>Brings a release to the device.</summary>
    /// <exception cref="CommandException">It failed; the message says which release runs now.</exception>
    public void Deploy(PiPackage package)
    {
        Require(commands.Prepare(package.Release), "nothing was switched");
        Require(commands.Copy(package.Folder), "nothing was switched");
        Require(commands.Accept(package.Release), "nothing was switched");
        CommandResult started = Run(commands.Switch(package.Release));
        CommandResult health = started.ExitCode == 0 ? Run(commands.Health()) : started;
        if (health.ExitCode != 0) GoBack(package.Release, health.Reason);
        Require(commands.CleanUp(), "the new release runs and is healthy; old ones were left there");
    }

    /// <summary>Says what is being done, to a person who watches.</summary>
    public static void Announce(Report report, ShellCommand command)
    {
        if (report.Terminal.ErrorIsTerminal && !report.Json) report.Terminal.Error.WriteLine($"{command.What} ...");
        report.Detail(command.Text);
    }

    /// <summary>Makes the release before the current one.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="CommandException">There is none, or it is not healthy.</exception>
    public string Rollback()
    {
        CommandResult back = Require(commands.Rollback(), "look at `systemctl status edgernn` there");
        Require(commands.Health(), "the release before runs and is not healthy; look at `journalctl -u edgernn` there");
        return ReleaseOf(back);
    }

    private void GoBack(string release, string reason)
    {
        CommandResult back = Run(commands.RollbackFrom(release));
        if (back.ExitCode != 0)
            throw new CommandException($"{host}: {release} did not become healthy: {reason}; going back failed as well: {back.Reason}; " +
                "look at `journalctl -u edgernn` there");
        CommandResult health = Run(commands.Health());
        string now = health.ExitCode == 0 ? "is healthy" : $"is not healthy either: {health.Reason}";
        throw new CommandException($"{host}: {release} did not become healthy: {reason}; {ReleaseOf(back)} runs again and {now}; " +
            "look at `journalctl -u edgernn` there");
    }

    private CommandResult Require(ShellCommand command, string state)
    {
        CommandResult result = Run(command);
        return result.ExitCode == 0 ? result : throw new CommandException($"{host}: {command.What}: {result.Reason}; {state}");
    }

    private CommandResult Run(ShellCommand command)
    {
        Announce(report, command);
        return CommandRunner.Run(command);
    }

    private static string ReleaseOf(CommandResult back) =>
        back.Output.Trim().Split('\n')[0].Replace("releases/", "", System.StringComparison.Ordinal);
}

using System.Collections.Generic;

namespace EdgeRnn.Cli.Deploy;

/// <summary>
/// Every command of a deployment. What runs on the device is POSIX sh; names in it are made of letters, digits, dots and dashes, so that
/// nothing in it needs quotes. <c>current</c> is a symbolic link that is replaced in one step; <c>history</c> lists the releases that were
/// current, the newest last.
/// </summary>
/// <param name="host">The device.</param>
/// <param name="keep">Releases that stay there.</param>
/// <param name="waitSeconds">How long a release may take to become healthy.</param>
internal sealed class DeployCommands(DeployHost host, int keep, int waitSeconds)
{
    /// <summary>Where everything stands on the device.</summary>
    public const string Root = "/opt/edgernn";

    /// <summary>Ends the name of a release that has not been checked yet.</summary>
    public const string Incoming = ".incoming";

    private const string _config = "/etc/edgernn/edgernn.json";
    private const string _unit = "edgernn.service";

    private const string _restart =
        $"sudo -n install -m 644 {Root}/current/{_unit} /etc/systemd/system/{_unit}; sudo -n systemctl daemon-reload; " +
        $"sudo -n systemctl enable --quiet {_unit}; sudo -n systemctl restart {_unit}";

    /// <summary>Builds the program with the real device packages.</summary>
    public static ShellCommand Publish(string project, string runtime, string folder) => new("publish", "dotnet",
        ["publish", project, "-c", "Release", "-r", runtime, "--self-contained", "false", "-p:UseDevicePackages=true", "-o", folder]);

    /// <summary>Makes the folders, those of an earlier attempt empty.</summary>
    public ShellCommand Prepare(string release) => Ssh("prepare", "set -eu; " +
        $"sudo -n install -d -m 755 -o \"$(id -un)\" {Root} {Root}/releases; sudo -n install -d -m 755 /etc/edgernn; " +
        $"rm -rf {Root}/releases/{release}{Incoming}");

    /// <summary>Copies the release.</summary>
    /// <param name="folder">Its name ends in that of the release and <see cref="Incoming"/>.</param>
    public ShellCommand Copy(string folder) => new("copy", "scp",
        ["-o", "BatchMode=yes", "-q", "-r", "-p", "--", folder, $"{host.CopyText}:{Root}/releases/"]);

    /// <summary>Checks what arrived, and that it would start: nothing has been switched yet.</summary>
    public ShellCommand Accept(string release) => Ssh("check", "set -eu; " +
        $"cd {Root}/releases/{release}{Incoming}; " +
        "bad=$(sha256sum --quiet -c SHA256SUMS 2> /dev/null) || { echo \"error: damaged on its way: $bad\" >&2; exit 1; }; " +
        $"if [ ! -e model.ernn ] && [ -e {Root}/current/model.ernn ]; then cp {Root}/current/model.ernn model.ernn; fi; " +
        // The service runs under an account of its own: what was private where the release was made is not here.
        "chmod -R u=rwX,go=rX .; chmod 755 edgernn-pi; " +
        $"if [ ! -e {_config} ]; then sudo -n install -m 644 edgernn.json {_config}; fi; " +
        $"./edgernn-pi check --device --config {_config}; cd ..; " +
        $"if [ -d {release} ]; then " +
        $"if [ -e {release}{Incoming}/model.ernn ] && ! cmp -s {release}/model.ernn {release}{Incoming}/model.ernn; then " +
        $"echo 'error: {release} is there with another model; pass --model' >&2; exit 1; fi; " +
        $"rm -rf {release}{Incoming}; else mv -T {release}{Incoming} {release}; fi");

    /// <summary>Makes the release the current one and starts it.</summary>
    public ShellCommand Switch(string release) => Ssh("switch", "set -eu; " +
        $"cd {Root}; touch history; {{ grep -vxF releases/{release} history || true; echo releases/{release}; }} > history.new; " +
        $"ln -sfn releases/{release} current.new; mv -T current.new current; mv history.new history; {_restart}");

    /// <summary>Asks the device how it is, until it is well or the time is up.</summary>
    public ShellCommand Health() => Ssh("health", $"{Root}/current/edgernn-pi health --config {_config} --wait {waitSeconds}");

    /// <summary>Makes the release before the current one the current one again, and starts it; prints which it is.</summary>
    public ShellCommand Rollback() => GoBack("true");

    /// <summary>The same where a release is the current one; where the switch to it failed, what is current is started again.</summary>
    public ShellCommand RollbackFrom(string release) => GoBack($"[ \"$now\" = releases/{release} ]");

    /// <summary>Removes releases that are not among the newest.</summary>
    public ShellCommand CleanUp() => Ssh("clean up", "set -eu; " +
        $"cd {Root}; tail -n {keep} history > history.new; mv history.new history; " +
        "for release in releases/*; do grep -qxF \"$release\" history || rm -rf -- \"$release\"; done");

    private ShellCommand GoBack(string condition) => Ssh("roll back", "set -eu; " +
        $"cd {Root} 2> /dev/null && [ -L current ] || {{ echo 'error: nothing was deployed there yet' >&2; exit 1; }}; " +
            "now=$(readlink current); " +
        $"if ! {condition}; then echo \"$now\"; {_restart}; exit 0; fi; " +
        "to=$(grep -vxF \"$now\" history | tail -n 1); " +
        "if [ -z \"$to\" ] || [ ! -d \"$to\" ]; then echo 'error: there is no release before this one' >&2; exit 1; fi; " +
        "ln -sfn \"$to\" current.new; mv -T current.new current; { grep -vxF \"$now\" history || true; } > history.new; " +
            "mv history.new history; " +
        $"echo \"$to\"; {_restart}");

    // A login shell of the other side reads the text; sh is what the text is written for.
    private ShellCommand Ssh(string what, string script)
    {
        List<string> arguments = ["-o", "BatchMode=yes", "-o", "ConnectTimeout=10", "--", host.Text, $"sh -c {ShellCommand.Quote(script)}"];
        return new ShellCommand(what, "ssh", arguments);
    }
}

using System;
using System.Collections.Generic;
using System.IO;

namespace EdgeRnn.Cli.Tests;

/// <summary>
/// A device that is a folder: ssh and scp are scripts that run what they are given in it, really, so that links are switched and files are
/// checked as on a device. dotnet is a script that publishes a small program.
/// </summary>
internal sealed class FakeDevice : IDisposable
{
    private const UnixFileMode _executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public FakeDevice()
    {
        foreach (string folder in new[] { "bin", "etc/systemd/system", "etc/edgernn", "opt", "clone/firmware/Pi", "extra" }) Directory.CreateDirectory(Path(folder));
        File.WriteAllText(Path("clone/firmware/Pi/EdgeRnn.Firmware.Pi.csproj"), "<Project />");
        File.Copy(System.IO.Path.Combine(AppContext.BaseDirectory, "edgernn.dll"), Path("program.dll"));
        // Everything the device's own paths begin with lies below the folder.
        Script("ssh", """
            while [ "$1" != -- ]; do shift; done
            shift; echo "ssh $1" >> "$FAKE/log"; shift
            [ ! -e "$FAKE/fail-ssh" ] || { echo 'Connection closed' >&2; exit 255; }
            exec sh -c "$(printf %s "$*" | sed -e "s#/opt/edgernn#$FAKE/opt/edgernn#g" -e "s#/etc/#$FAKE/etc/#g")"
            """);
        Script("scp", """
            while [ "$1" != -- ]; do shift; done
            echo "scp $3" >> "$FAKE/log"
            cp -r -p "$2" "$FAKE${3#*:}"
            [ ! -e "$FAKE/fail-scp" ] || echo damaged >> "$FAKE${3#*:}$(basename "$2")/edgernn.json"
            """);
        Script("sudo", """
            shift; exec "$@"
            """);
        Script("systemctl", """
            echo "systemctl $* $(readlink "$FAKE/opt/edgernn/current")" >> "$FAKE/log"
            """);
        Script("mv", """
            case "$*" in *current.new*) [ ! -e "$FAKE/fail-mv" ] || { rm "$FAKE/fail-mv"; echo 'mv: no power' >&2; exit 1; };; esac
            exec /bin/mv "$@"
            """);
        Script("dotnet", """
            echo "dotnet $*" >> "$FAKE/log"
            [ ! -e "$FAKE/fail-publish" ] || { echo 'x.csproj : error NU1101: Unable to find package System.Device.Gpio.'; exit 1; }
            while [ "$1" != -o ]; do shift; done
            mkdir -p "$2"; cp "$FAKE/program.dll" "$2/edgernn-pi.dll"; cp "$FAKE/edgernn-pi" "$2/edgernn-pi"
            echo unit > "$2/edgernn.service"; echo '{}' > "$2/edgernn.json"; cp -r "$FAKE/extra/." "$2"
            """);
        File.WriteAllText(Path("edgernn-pi"), """
            #!/bin/sh
            here=$(dirname "$0")
            case "$1" in
            check) [ ! -e "$here/bad" ] || { echo 'error: model.ernn: damaged' >&2; exit 1; };;
            health) [ ! -e "$here/ill" ] || { echo 'sensor fault: no device answers'; exit 1; }; echo ok;;
            esac
            """.ReplaceLineEndings("\n"));
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("edgernn-device-").FullName;

    /// <summary>The release that runs.</summary>
    public string Current => new FileInfo(Path("opt/edgernn/current")).LinkTarget!.Replace("releases/", "", StringComparison.Ordinal);

    /// <summary>What was run, a line each.</summary>
    public string[] Log => File.Exists(Path("log")) ? File.ReadAllLines(Path("log")) : [];

    public string[] Releases => Array.ConvertAll(Directory.GetDirectories(Path("opt/edgernn/releases")), folder => System.IO.Path.GetFileName(folder));

    public string Path(string name) => System.IO.Path.Combine(Root, name);

    /// <summary>Has the next publish give another program.</summary>
    public void Change(string version, string? flaw = null)
    {
        foreach (string file in Directory.GetFiles(Path("extra"))) File.Delete(file);
        File.WriteAllText(Path("extra/version"), version);
        if (flaw != null) File.WriteAllText(Path($"extra/{flaw}"), "");
    }

    public void Touch(string name) => File.WriteAllText(Path(name), "");

    public CliRun Deploy(params string[] args) => Run(["deploy", "pi@raspberrypi", .. args]);

    public CliRun Run(params string[] args) => EdgernnProcess.Run(Path("clone"), new Dictionary<string, string>
    {
        ["PATH"] = $"{Path("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
        ["FAKE"] = Root,
    }, args);

    /// <summary>Makes a program of the device.</summary>
    public void Script(string name, string text) => Executable($"bin/{name}", text);

    /// <summary>Makes a program at a place of the device.</summary>
    public void Executable(string path, string text)
    {
        File.WriteAllText(Path(path), $"#!/bin/sh\n{text.ReplaceLineEndings("\n")}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path(path), _executable);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

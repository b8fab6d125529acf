using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeRnn.Cli.Deploy;
using EdgeRnn.Cli.Files;

namespace EdgeRnn.Cli.Record;

/// <summary>Where lines come from: a serial line, a file that is being written, or the recorder of a Raspberry Pi.</summary>
internal sealed class RecordSource : IDisposable
{
    private const string _installed = DeployCommands.Root + "/current/edgernn-pi";

    private readonly Stream _stream;
    private readonly Process? _process;

    private RecordSource(string name, Stream stream, TimeProvider time, Process? process, bool follows, bool skipsFirst)
    {
        Name = name;
        _stream = stream;
        _process = process;
        Lines = new LineSource(stream, time, follows, skipsFirst);
    }

    /// <summary>What it is, for messages.</summary>
    public string Name { get; }

    /// <summary>The lines.</summary>
    public LineSource Lines { get; }

    /// <summary>A serial line.</summary>
    /// <param name="path">As <c>/dev/ttyUSB0</c>.</param>
    /// <param name="baud">Bits a second.</param>
    /// <param name="time">Stamps lines.</param>
    /// <exception cref="CommandException">It cannot be opened, or is no serial line.</exception>
    public static RecordSource Port(string path, int baud, TimeProvider time)
    {
        Stream stream = Open(path, "plug the device in, and look at its name and who may use it");
        string file = OperatingSystem.IsMacOS() ? "-f" : "-F";
        // Bytes as they come, and nothing echoed back to the device.
        CommandResult set = CommandRunner.Run(new ShellCommand("set", "stty",
            [file, path, baud.ToString(CultureInfo.InvariantCulture), "raw", "-echo"]));
        if (set.ExitCode == 0) return new RecordSource(path, stream, time, null, false, true);
        stream.Dispose();
        throw new CommandException($"{path}: expected a serial line that takes {baud} baud, found none: {set.Reason}; " +
            "look at --port and --baud");
    }

    /// <summary>A file that is being written, from its begin on.</summary>
    /// <exception cref="CommandException">It cannot be opened.</exception>
    public static RecordSource OfFile(string path, TimeProvider time)
    {
        Stream stream = Open(path, "start what writes it first");
        return new RecordSource(path, stream, time, null, stream.CanSeek, false);
    }

    /// <summary>A sensor of this board, or of another one.</summary>
    /// <param name="arguments">For <c>edgernn-pi record</c>.</param>
    /// <param name="host">Where it is; null: here.</param>
    /// <param name="time">Stamps lines.</param>
    /// <exception cref="CommandException">The program cannot be started.</exception>
    public static RecordSource Sensor(IReadOnlyList<string> arguments, DeployHost? host, TimeProvider time)
    {
        string[] words = ["record", .. arguments];
        ShellCommand command = host == null
            ? new ShellCommand("record", File.Exists(_installed) ? _installed : "edgernn-pi", words)
            : new ShellCommand("record", "ssh", ["-o", "BatchMode=yes", "-o", "ConnectTimeout=10", "--", host.Text,
                $"{_installed} {string.Join(' ', words.Select(ShellCommand.Quote))}"]);
        ProcessStartInfo start = new(ProgramPath.Of(command.Program), command.Arguments) { RedirectStandardOutput = true };
        try
        {
            Process process = Process.Start(start)!;
            return new RecordSource(command.Program, process.StandardOutput.BaseStream, time, process, false, false);
        }
        catch (Win32Exception missing)
        {
            throw new CommandException($"{command.Program}: expected a program on PATH, found none; " +
                (host == null
                    ? "run this on the Raspberry Pi with edgernn-pi installed, or add --host USER@HOST"
                    : "install an ssh client"), missing);
        }
    }

    /// <summary>
    /// Whether a file is no longer the one that is read: it was cut off, or another one has taken its name. One of the same length is
    /// found when it grows; one that is away for a moment, when it is back.
    /// </summary>
    public bool HasBegunAnew()
    {
        if (!_stream.CanSeek) return false;
        // In this order: the file that is read and only grows is at least as long as it was, and at most as long as it is afterwards.
        long read = _stream.Position, before = _stream.Length;
        FileInfo named = new(Name);
        bool isThere = named.Exists;
        long length = isThere ? named.Length : before;
        return before < read || length < before || length > _stream.Length;
    }

    /// <summary>Asks what writes the lines to end.</summary>
    /// <returns>Whether the lines end now.</returns>
    public bool Stop()
    {
        if (_process == null) return false;
        if (!_process.HasExited) _process.Kill();
        return true;
    }

    /// <summary>The exit code of the program that wrote the lines, where it ended by itself; 0 where none did.</summary>
    public int ExitCode()
    {
        if (_process == null) return 0;
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        Lines.Dispose();
        _process?.Dispose();
        // Closing a serial line waits for a read that may never return; the process's end closes it. One that was unplugged keeps its name
        // for as long as it is open.
        if (_process == null && (_stream.CanSeek || Lines.IsAtEnd)) _stream.Dispose();
    }

    private static FileStream Open(string path, string remedy)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception error) when (FileErrors.IsOne(error))
        {
            throw new CommandException($"{path}: cannot be opened: {FileErrors.Reason(error, path)}; {remedy}", error);
        }
    }
}

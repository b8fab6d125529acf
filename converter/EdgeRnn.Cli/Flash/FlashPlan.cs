using System.Collections.Generic;
using System.IO;
using EdgeRnn.Converter.Boards;

namespace EdgeRnn.Cli.Flash;

/// <summary>
/// What has to be done to bring firmware, program and model onto a board, as runs of nanoff, whose README says how it wants to be called.
/// The firmware goes over the serial line (ESP32), the debug probe (STM32) or the drive a Pico shows; the program and the model over the
/// serial line.
/// </summary>
internal sealed class FlashPlan
{
    /// <summary>The file the program on the device looks for when it starts.</summary>
    public const string IncomingModel = @"I:\incoming.ernn";

    /// <summary>Most bytes of a model inside the program: a larger resource is silently corrupted.</summary>
    public const int MaxEmbeddedBytes = 60_000;

    private readonly BoardDescription _board;
    private readonly string? _port;

    /// <param name="board">A microcontroller board.</param>
    /// <param name="target">The firmware's name; null: the first one of the board.</param>
    /// <param name="port">The serial port; null: none was given.</param>
    /// <exception cref="CommandException">The board is none for nanoff, or has no such firmware.</exception>
    public FlashPlan(BoardDescription board, string? target, string? port)
    {
        if (board.Runtime != BoardRuntime.NanoFramework || board.Firmware.Count == 0)
            throw new CommandException($"{board.Id} is no microcontroller board; bring programs there with `edgernn deploy USER@HOST`");
        _board = board;
        _port = port;
        Firmware = board.Firmware[0];
        if (target == null) return;
        List<string> names = [];
        BoardFirmware? chosen = null;
        foreach (BoardFirmware known in board.Firmware)
        {
            names.Add(known.Target);
            if (known.Target == target) chosen = known;
        }
        Firmware = chosen ?? throw new CommandException($"--target {target}: {board.Id} has the firmware {string.Join(", ", names)}");
    }

    /// <summary>The firmware of the board.</summary>
    public BoardFirmware Firmware { get; }

    /// <summary>Writes the newest firmware.</summary>
    public FlashStep UpdateFirmware()
    {
        List<string> arguments = ["--update", "--target", Firmware.Target];
        if (Firmware.Preview) arguments.Add("--preview");
        if (_board.Connection == BoardConnection.Serial) arguments.AddRange(["--serialport", Port("the firmware")]);
        if (_board.Connection == BoardConnection.Jtag) arguments.Add("--jtag");
        return new FlashStep($"firmware {Firmware.Target}, {Firmware.For}", arguments);
    }

    /// <summary>Writes the program.</summary>
    /// <param name="image">The .bin file that the project system makes of the program and all its libraries.</param>
    public FlashStep DeployProgram(string image)
    {
        // A board that runs nanoFramework tells where the program belongs; ESP32 boards are written without it.
        string[] to = _board.Connection == BoardConnection.Serial ? ["--target", Firmware.Target] : ["--nanodevice"];
        return new FlashStep("program", [.. to, "--serialport", Port("the program"), "--deploy", "--image", image]);
    }

    /// <summary>Puts a model where the program finds it at its next start.</summary>
    /// <param name="deployment">The file with <see cref="Deployment"/>.</param>
    public static FlashStep DeployModel(string deployment) => new("model", ["--filedeployment", deployment]);

    /// <summary>What the file says that nanoff reads the model's place from.</summary>
    /// <param name="model">The .ernn file.</param>
    public object Deployment(string model) => new
    {
        serialport = Port("the model"),
        files = new[] { new { DestinationFilePath = IncomingModel, SourceFilePath = Path.GetFullPath(model) } },
    };

    /// <summary>Checks that a model can go to the board's storage and will fit its memory.</summary>
    /// <param name="path">Its file, for the message.</param>
    /// <param name="file">Its bytes.</param>
    /// <exception cref="CommandException">It cannot.</exception>
    public void CheckModel(string path, byte[] file)
    {
        if (_board.ModelStorage != ModelStorage.Internal)
            throw new CommandException($"{path}: the {_board.Id} takes its model inside the program, {MaxEmbeddedBytes:N0} bytes at " +
                $"most, and this one has {file.Length:N0}; copy it to firmware/Nano/EdgeRnn.Firmware.Nano/Model/model.ernn, " +
                "build the program and flash without --model");
        long needed = BoardCost.Of(file, _board, null).Memory.TotalBytes;
        if (needed > _board.RamBytes)
            throw new CommandException($"{path}: needs about {needed:N0} bytes of memory (estimate), the {_board.Id} leaves " +
                $"{_board.RamBytes:N0} to programs; " +
                $"`edgernn inspect {path} --board {_board.Id}` says what takes them");
    }

    private string Port(string what) =>
        _port ?? throw new CommandException($"--port is missing: {what} goes over the serial line of the {_board.Id}; " +
            "`nanoff --listports` shows the ports");
}

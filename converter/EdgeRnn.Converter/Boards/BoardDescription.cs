using System;
using System.Collections.Generic;

namespace EdgeRnn.Converter.Boards;

/// <summary>
/// What a board offers to a program: a file of `hardware/boards`. Every figure says where it is from; nothing in it was measured on a
/// board by this project unless its source says so.
/// </summary>
public sealed record BoardDescription
{
    /// <summary>The name commands take, which is also the file's: lower case letters, digits and dashes.</summary>
    public required string Id { get; init; }

    /// <summary>The name its maker gives it.</summary>
    public required string Name { get; init; }

    /// <summary>Other names commands take.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The chip and its cores, in words.</summary>
    public required string Processor { get; init; }

    /// <summary>Clock of the core that runs the program, in hertz.</summary>
    public required long ClockHz { get; init; }

    /// <summary>Which floating-point numbers the processor computes itself.</summary>
    public required FloatSupport Fpu { get; init; }

    /// <summary>What runs the program.</summary>
    public required BoardRuntime Runtime { get; init; }

    /// <summary>Bytes of RAM that are left to the program: the managed heap, model and sessions included.</summary>
    public required long RamBytes { get; init; }

    /// <summary>Where <see cref="RamBytes"/> is from.</summary>
    public required string RamSource { get; init; }

    /// <summary>Bytes of flash for the application's assemblies, or of the file system on boards with .NET.</summary>
    public required long FlashBytes { get; init; }

    /// <summary>Where <see cref="FlashBytes"/> is from.</summary>
    public required string FlashSource { get; init; }

    /// <summary>Where a model can be.</summary>
    public required ModelStorage ModelStorage { get; init; }

    /// <summary>Estimated IL operations a second on the interpreter; null with .NET, which compiles.</summary>
    public long? IlOperationsPerSecond { get; init; }

    /// <summary>Estimated multiply-accumulates a second of small models with .NET; null on an interpreter.</summary>
    public long? MacsPerSecond { get; init; }

    /// <summary>How the speed was estimated.</summary>
    public required string SpeedSource { get; init; }

    /// <summary>How firmware and programs come onto the board.</summary>
    public required BoardConnection Connection { get; init; }

    /// <summary>Firmware of nanoFramework for it, the one to take first; empty with .NET.</summary>
    public IReadOnlyList<BoardFirmware> Firmware { get; init; } = [];

    /// <summary>Where the firmware's names are from; empty where there is none.</summary>
    public string FirmwareSource { get; init; } = "";

    /// <summary>What the firmware leaves out of nanoFramework's libraries.</summary>
    public IReadOnlyList<string> Lacks { get; init; } = [];

    /// <summary>
    /// Whether Exp, Tanh and Sqrt of System.Math are among it: they are there and throw when called, so only models and detectors in integers
    /// run.
    /// </summary>
    public bool HasLightMath { get; init; }

    /// <summary>Voltage of a high level, in millivolts; no pin may see more.</summary>
    public required int LogicMillivolts { get; init; }

    /// <summary>What a pin may give or take, in milliamps.</summary>
    public required int PinMilliamps { get; init; }

    /// <summary>Where <see cref="PinMilliamps"/> is from.</summary>
    public required string PinSource { get; init; }

    /// <summary>Supplies on its headers.</summary>
    public required IReadOnlyList<BoardSupply> Supplies { get; init; }

    /// <summary>Pins that the firmware and the wiring pages use for what.</summary>
    public required BoardRoles Roles { get; init; }

    /// <summary>Its buses.</summary>
    public required IReadOnlyList<BoardBus> Buses { get; init; }

    /// <summary>Devices that are soldered to its buses.</summary>
    public IReadOnlyList<OnBoardDevice> OnBoardDevices { get; init; } = [];

    /// <summary>Documents the pins and remaining figures are from.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>How its headers lie, for pictures.</summary>
    public required HeaderShape Headers { get; init; }

    /// <summary>Its pins, in the order of its headers.</summary>
    public required IReadOnlyList<BoardPin> Pins { get; init; }

    /// <summary>The pin with a number, or null.</summary>
    /// <param name="gpio">As the processor counts, and as programs open it.</param>
    public BoardPin? Pin(int gpio)
    {
        foreach (BoardPin pin in Pins)
            if (pin.Gpio == gpio) return pin;
        return null;
    }

    /// <summary>Whether a command may call it so, in any case of letters.</summary>
    /// <param name="name">A name.</param>
    public bool IsCalled(string name)
    {
        if (string.Equals(Id, name, StringComparison.OrdinalIgnoreCase)) return true;
        foreach (string alias in Aliases)
            if (string.Equals(alias, name, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}

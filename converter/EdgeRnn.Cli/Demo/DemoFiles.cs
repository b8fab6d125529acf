using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EdgeRnn.Cli.Demo;

/// <summary>The files the demo ships, installed beside the program; Demo/README.md says how they were made.</summary>
internal static class DemoFiles
{
    /// <summary>The trained weights, a PyTorch state_dict.</summary>
    public const string Weights = "pump.pt";

    /// <summary>The model the demo makes of them.</summary>
    public const string Model = "pump.ernn";

    /// <summary>The description of the layers.</summary>
    public const string Arch = "pump.arch.json";

    /// <summary>How the detector is to work.</summary>
    public const string Settings = "pump.settings.json";

    /// <summary>The first half minute of the stream, normal operation.</summary>
    public const string Normal = "normal.csv";

    /// <summary>Normal operation, a bearing that fails, and a stop, as the simulated sensor gives them.</summary>
    public const string Stream = "stream.csv";

    /// <summary>What PyTorch answers to the stream.</summary>
    public const string Expected = "expected.npy";

    /// <summary>The scenario that ships and that the demo runs.</summary>
    public const string Scenario = "bearing";

    /// <summary>Rows of that part.</summary>
    public const int NormalRows = 3000;

    /// <summary>Header and rows of the stream's normal part.</summary>
    public static IEnumerable<string> NormalLines() => File.ReadLines(PathOf(Stream)).Take(1 + NormalRows);

    /// <summary>The path of a shipped file.</summary>
    /// <exception cref="CommandException">It was not installed.</exception>
    public static string PathOf(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "demo", name);
        return File.Exists(path)
            ? path
            : throw new CommandException($"{path}: a file of the demo is missing; install edgernn again");
    }
}

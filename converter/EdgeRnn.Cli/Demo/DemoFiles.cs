using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace EdgeRnn.Cli.Demo;

/// <summary>A part of the demo's stream.</summary>
/// <param name="Name">What happens in it.</param>
/// <param name="StartS">Where it begins, in seconds.</param>
internal sealed record DemoSegment(string Name, double StartS);

/// <summary>What make_demo.py says about the stream.</summary>
/// <param name="RateHz">Samples per second.</param>
/// <param name="Segments">Its parts, in time order.</param>
internal sealed record DemoDescription(double RateHz, IReadOnlyList<DemoSegment> Segments);

/// <summary>The files the demo ships: made by Demo/make_demo.py, installed beside the program.</summary>
internal static class DemoFiles
{
    /// <summary>The trained weights, a PyTorch state_dict.</summary>
    public const string Weights = "pump.pt";

    /// <summary>The model the demo makes of them.</summary>
    public const string Model = "pump.ernn";

    /// <summary>The description of the layers.</summary>
    public const string Arch = "pump.arch.json";

    /// <summary>The sensor stream.</summary>
    public const string Stream = "stream.csv";

    /// <summary>The first part of the stream, normal operation.</summary>
    public const string Normal = "normal.csv";

    /// <summary>What PyTorch answers to the stream.</summary>
    public const string Expected = "expected.npy";

    private const string _description = "demo.json";
    private static readonly JsonSerializerOptions _camelCase = new(JsonSerializerDefaults.Web);

    /// <summary>The path of a shipped file.</summary>
    /// <exception cref="CommandException">It was not installed.</exception>
    public static string PathOf(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "demo", name);
        return File.Exists(path)
            ? path
            : throw new CommandException($"{path}: a file of the demo is missing; install edgernn again");
    }

    /// <summary>The rows of the stream's first part, below its header.</summary>
    public static IEnumerable<string> NormalLines()
    {
        DemoDescription demo = Describe();
        return File.ReadLines(PathOf(Stream)).Take(1 + (int)(demo.Segments[1].StartS * demo.RateHz));
    }

    /// <summary>Rate and parts of the stream.</summary>
    public static DemoDescription Describe() =>
        JsonSerializer.Deserialize<DemoDescription>(File.ReadAllText(PathOf(_description)), _camelCase)!;
}

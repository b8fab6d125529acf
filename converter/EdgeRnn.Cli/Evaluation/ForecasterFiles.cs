using System;
using System.IO;

namespace EdgeRnn.Cli.Evaluation;

/// <summary>The forecaster for any single sensor, which ships beside the program (Examples/forecaster).</summary>
internal static class ForecasterFiles
{
    /// <summary>The trained weights, a PyTorch state_dict.</summary>
    public static string Weights => PathOf("forecaster.pt");

    /// <summary>The description of the layers.</summary>
    public static string Arch => PathOf("forecaster.arch.json");

    private static string PathOf(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "examples", "forecaster", name);
        return File.Exists(path)
            ? path
            : throw new CommandException($"{path}: the forecaster is missing; install edgernn again, or name a model with --models");
    }
}

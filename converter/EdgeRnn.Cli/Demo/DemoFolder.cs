using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Simulate;

namespace EdgeRnn.Cli.Demo;

/// <summary>A folder of the user's that keeps what the demo works with, to try the other verbs on.</summary>
internal static class DemoFolder
{
    private const string _modelKey = "model:";

    /// <summary>Refuses a folder whose scenario somebody has changed: it would be lost.</summary>
    /// <param name="folder">The folder, which need not exist.</param>
    /// <exception cref="CommandException">It was changed, or cannot be read.</exception>
    public static void Check(string folder)
    {
        string path = ScenarioIn(folder);
        try
        {
            if (!File.Exists(path) || File.ReadLines(path).SequenceEqual(ScenarioLines())) return;
        }
        catch (Exception error) when (FileErrors.IsOne(error))
        {
            throw Unusable(folder, error);
        }
        throw new CommandException($"{path}: is there already and was changed; choose another folder, or remove it");
    }

    /// <summary>Copies weights, recordings and the scenario into a folder, and writes the model beside them.</summary>
    /// <param name="folder">Made where it does not exist.</param>
    /// <param name="model">The bytes of the .ernn file.</param>
    /// <exception cref="CommandException">Nothing can be written there.</exception>
    public static void Write(string folder, byte[] model)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (string name in new[] { DemoFiles.Weights, DemoFiles.Arch, DemoFiles.Settings, DemoFiles.Stream, DemoFiles.Expected })
                File.Copy(DemoFiles.PathOf(name), Path.Combine(folder, name), overwrite: true);
            File.WriteAllLines(Path.Combine(folder, DemoFiles.Normal), DemoFiles.NormalLines());
            File.WriteAllLines(ScenarioIn(folder), ScenarioLines());
        }
        catch (Exception error) when (FileErrors.IsOne(error))
        {
            throw Unusable(folder, error);
        }
        AtomicFile.Write(Path.Combine(folder, DemoFiles.Model), path => File.WriteAllBytes(path, model));
    }

    private static string ScenarioIn(string folder) => Path.Combine(folder, Path.GetFileName(ScenarioFiles.PathOf(DemoFiles.Scenario)));

    // With the model that stands beside it.
    private static IEnumerable<string> ScenarioLines() => File.ReadLines(ScenarioFiles.PathOf(DemoFiles.Scenario))
        .Select(line => line.StartsWith(_modelKey, StringComparison.Ordinal) ? $"{_modelKey} {DemoFiles.Model}" : line);

    private static CommandException Unusable(string folder, Exception error) =>
        new($"{folder}: the demo cannot write there: {FileErrors.Reason(error, folder)}; choose another folder", error);
}

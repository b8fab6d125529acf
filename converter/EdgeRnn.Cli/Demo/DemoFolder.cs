using System;
using System.IO;
using System.Linq;
using EdgeRnn.Cli.Files;
using EdgeRnn.Cli.Simulate;

namespace EdgeRnn.Cli.Demo;

/// <summary>A folder of the user's that keeps what the demo works with, to try the other verbs on.</summary>
internal static class DemoFolder
{
    private const string _modelKey = "model:";

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
            string scenario = ScenarioFiles.PathOf(DemoFiles.Scenario);
            File.WriteAllLines(Path.Combine(folder, Path.GetFileName(scenario)), File.ReadLines(scenario)
                .Select(line => line.StartsWith(_modelKey, StringComparison.Ordinal) ? $"{_modelKey} {DemoFiles.Model}" : line));
        }
        catch (Exception error) when (FileErrors.IsOne(error))
        {
            throw new CommandException(
                $"{folder}: the demo cannot write there: {FileErrors.Reason(error, folder)}; choose another folder", error);
        }
        AtomicFile.Write(Path.Combine(folder, DemoFiles.Model), path => File.WriteAllBytes(path, model));
    }
}

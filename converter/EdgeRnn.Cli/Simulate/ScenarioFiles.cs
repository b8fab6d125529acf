using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Simulate;

/// <summary>Scenarios by path, and those that ship by their name.</summary>
internal static class ScenarioFiles
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "scenarios");

    /// <summary>Those that ship, in alphabetical order: names without an ending.</summary>
    public static IReadOnlyList<string> Shipped => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)] : [];

    /// <summary>The path of a scenario.</summary>
    /// <param name="named">A path, or the name of one that ships.</param>
    /// <exception cref="CommandException">There is neither.</exception>
    public static string PathOf(string named)
    {
        if (File.Exists(named)) return named;
        bool isPath = named.Contains(Path.DirectorySeparatorChar) || Path.GetExtension(named).Length > 0;
        string? shipped = isPath || !Directory.Exists(Folder) ? null
            : Directory.EnumerateFiles(Folder).FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == named);
        if (shipped != null) return shipped;
        string? nearest = NearestWord.Of(Path.GetFileNameWithoutExtension(named), Shipped);
        throw new CommandException($"{named}: expected a scenario, " +
            $"found {(Directory.Exists(named) ? "a folder" : "no such file")} and none that ships" +
            (nearest == null ? "" : $"; did you mean {nearest}?") + "; `edgernn simulate --list` lists those that ship");
    }

    /// <summary>Reads a scenario.</summary>
    /// <param name="named">A path, or the name of one that ships.</param>
    /// <exception cref="CommandException">It is not there, or something in it is wrong.</exception>
    public static Scenario Load(string named) => Naming(() => Scenario.Load(PathOf(named)));

    /// <summary>Does something with a scenario; what is wrong with it becomes the command's message.</summary>
    public static T Naming<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (ScenarioException wrong)
        {
            throw new CommandException(wrong.Message, wrong);
        }
    }
}

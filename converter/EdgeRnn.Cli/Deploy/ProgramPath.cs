using System;
using System.IO;
using System.Linq;

namespace EdgeRnn.Cli.Deploy;

/// <summary>
/// Where a program is: on PATH, and nowhere else. Left to itself .NET looks beside its own host and in the working directory first, where a
/// file named ssh may be anybody's.
/// </summary>
internal static class ProgramPath
{
    /// <summary>The path of a program.</summary>
    /// <param name="program">Its name, or a path, which is returned as it is.</param>
    /// <exception cref="CommandException">It is not on PATH.</exception>
    public static string Of(string program)
    {
        if (Path.IsPathRooted(program)) return program;
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Where(Path.IsPathRooted).SelectMany(folder => endings.Select(ending => Path.Combine(folder, program + ending)))
            .FirstOrDefault(File.Exists) ??
            throw new CommandException($"{program}: expected a program on PATH, found none; {Remedy(program)}");
    }

    private static string Remedy(string program) => program == "edgernn-pi"
        ? "run this on the Raspberry Pi with edgernn-pi installed, or add --host USER@HOST" : "install it";
}

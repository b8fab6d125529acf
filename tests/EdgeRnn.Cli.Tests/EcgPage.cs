using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeRnn.Tests;

namespace EdgeRnn.Cli.Tests;

/// <summary>The page of the ECG example, and the commands on it.</summary>
internal static class EcgPage
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "converter", "EdgeRnn.Cli", "Examples", "ecg");

    public static string Text { get; } = File.ReadAllText(Path.Combine(Folder, "README.md"));

    /// <summary>Runs the commands below a heading, as they stand there; what they write goes to the workspace.</summary>
    /// <param name="workspace">Files in it come before those beside the page.</param>
    /// <param name="heading">Without its mark.</param>
    /// <param name="without">A word that is left out of every command.</param>
    /// <param name="convert">Options for convert besides those on the page.</param>
    public static void Run(Workspace workspace, string heading, string without = "", string convert = "")
    {
        int ran = 0;
        foreach (string command in Commands(heading))
        {
            string line = command.StartsWith("edgernn convert ", StringComparison.Ordinal) ? $"{command} {convert}" : command;
            string[] words = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word != without)];
            if (words is ["head", "-n", string lines, string source, ">", string target])
            {
                int count = int.Parse(lines, CultureInfo.InvariantCulture);
                File.WriteAllLines(workspace.Path(target), File.ReadLines(Located(workspace, source)).Take(count));
            }
            if (words[0] != "edgernn") continue;
            for (int i = 1; i < words.Length; i++)
            {
                bool isWritten = words[i - 1] is "-o" or "--output" or "--plot";
                if (isWritten) Directory.CreateDirectory(Path.GetDirectoryName(workspace.Path(words[i]))!);
                words[i] = isWritten ? workspace.Path(words[i]) : Located(workspace, words[i]);
            }
            CliRun.Of(words[1..]).Succeeds();
            ran++;
        }
        Assert.True(ran >= 3, $"\"{heading}\" has {ran} commands");
    }

    private static IEnumerable<string> Commands(string heading)
    {
        string section = Text[Text.IndexOf($"# {heading}\n", StringComparison.Ordinal)..];
        int next = section.IndexOf("\n#", StringComparison.Ordinal);
        if (next >= 0) section = section[..next];
        return section.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
            .Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line.Trim());
    }

    // The commands are written for the folder of the page.
    private static string Located(Workspace workspace, string word)
    {
        if (File.Exists(workspace.Path(word))) return workspace.Path(word);
        string beside = Path.Combine(Folder, word);
        return File.Exists(beside) ? beside : word;
    }
}

using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace EdgeRnn.Tests.House;

/// <summary>
/// The files of the checkout, less what .gitignore names and what lies untracked at the top, where people try things out. Paths
/// are relative to the root, with forward slashes.
/// </summary>
internal static class SourceTree
{
    private static readonly string[] _textExtensions =
        [".cs", ".csproj", ".props", ".targets", ".sln", ".json", ".md", ".py", ".sh", ".txt", ".yml", ".proto", ".editorconfig", ".gitignore", ""];

    private static readonly string[] _ignored =
        [.. File.ReadLines(Path.Combine(Repository.Root, ".gitignore")).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];

    /// <summary>Every file.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. WithoutStrays(Walk(Repository.Root)).Order(StringComparer.Ordinal)];

    /// <summary>Files and folders at the top.</summary>
    public static IEnumerable<string> TopLevel => Files.Select(file => file.Split('/')[0]).Distinct();

    /// <summary>C# files.</summary>
    public static IEnumerable<string> Code => Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>Files people write, as opposed to arrays and models.</summary>
    public static IEnumerable<string> Text => Files.Where(file => _textExtensions.Contains(Path.GetExtension(file)));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Repository.Root, path));

    private static IEnumerable<string> WithoutStrays(IEnumerable<string> files)
    {
        HashSet<string> tracked = [.. TrackedFiles().Select(file => file.Split('/')[0])];
        return tracked.Count == 0 ? files : files.Where(file => tracked.Contains(file.Split('/')[0]));
    }

    // Nothing where git is not installed or this is not a checkout of it; every file counts then.
    private static string[] TrackedFiles()
    {
        try
        {
            ProcessStartInfo start = new("git", "ls-files -z") { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
            using Process git = Process.Start(start)!;
            string output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? output.Split('\0', StringSplitOptions.RemoveEmptyEntries) : [];
        }
        catch (Win32Exception)
        {
            return [];
        }
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            // In a linked worktree .git is a file.
            if (!IsIgnored(Path.GetFileName(file)) && Path.GetFileName(file) != ".git") yield return Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
        }
        foreach (string child in Directory.EnumerateDirectories(folder))
        {
            if (IsIgnored(Path.GetFileName(child) + "/") || Path.GetFileName(child) == ".git") continue;
            foreach (string file in Walk(child)) yield return file;
        }
    }

    private static bool IsIgnored(string name) =>
        _ignored.Any(pattern => pattern[0] == '*' ? name.EndsWith(pattern[1..], StringComparison.Ordinal) : name == pattern.TrimStart('/'));
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace EdgeRnn.Tests;

/// <summary>The commands that the README files of the vectors show, run as they stand there.</summary>
public sealed class VectorReadmeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("readme");

    [Fact]
    public void Every_real_model_converts_and_verifies_from_the_command_line()
    {
        SharedData.Path("models");
        Run("arch", "`(edgernn [^`]*)`", atLeast: 20);
    }

    [Fact]
    public void The_encoder_decoder_vectors_convert_and_verify_from_the_command_line() => Run("seq2seq", "^    (edgernn .*)$", atLeast: 2);

    public void Dispose() => _folder.Delete(recursive: true);

    private void Run(string vectors, string pattern, int atLeast)
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "tests", "vectors", vectors, "README.md"));
        // The Klon inputs are made by a Python script; KlonTests covers those models without it.
        List<string> commands = [.. Regex.Matches(page, pattern, RegexOptions.Multiline).Select(match => match.Groups[1].Value)
            .Where(command => !command.Contains(" x.npy", StringComparison.Ordinal))];
        Assert.True(commands.Count >= atLeast, $"found {commands.Count} commands");
        foreach (string command in commands)
        {
            using StringWriter output = new(), error = new();
            int exitCode = Cli.CommandLineApp.Run([.. command.Split(' ').Skip(1).Select(Located)], new Cli.Terminal(output, error));
            Assert.True(exitCode == 0, $"{command}\nexit code {exitCode}: {error}{output}");
        }
    }

    // The commands are written for the root of the checkout; tests run elsewhere and leave nothing there.
    private string Located(string word)
    {
        if (word.EndsWith(".ernn", StringComparison.Ordinal)) return Path.Combine(_folder.FullName, word);
        word = word.Replace("$A", "tests/vectors/arch", StringComparison.Ordinal).Replace("$D", "../shared/data", StringComparison.Ordinal);
        return word.Contains('/', StringComparison.Ordinal) ? Path.Combine(Repository.Root, word) : word;
    }
}

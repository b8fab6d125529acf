using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace EdgeRnn.Tests.House;

/// <summary>Rules on single files. Each returns one line per breach, with the place.</summary>
internal static partial class TextRules
{
    public const int MaxLines = 400;
    public const int UneasyLines = 250;

    private static readonly string[] _deviceFolders = ["hardware/EdgeRnn.Hardware.Linux/", "hardware/Contracts/", "firmware/Pi/", "firmware/Nano/"];
    private static readonly string[] _filesWithoutType = ["Program", "AssemblyInfo", "GlobalUsings"];

    /// <summary>Conditional compilation: variants are files of one partial class.</summary>
    public static IEnumerable<string> Conditions(string file, string text) => Found(file, text, ConditionPattern());

    /// <summary>Work left undone.</summary>
    public static IEnumerable<string> Unfinished(string file, string text) => Found(file, text, UnfinishedPattern());

    /// <summary>Places that exist on one machine, or hosts that one machine installs from.</summary>
    public static IEnumerable<string> MachineFacts(string file, string text) => Found(file, text, MachinePattern());

    /// <summary>Tests switched off for good; one that cannot run skips with the reason it found.</summary>
    public static IEnumerable<string> ConstantSkips(string file, string text) => Found(file, text, SkipPattern());

    /// <summary>Device APIs outside the folders that may know them.</summary>
    public static IEnumerable<string> DeviceApis(string file, string text) =>
        _deviceFolders.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)) ? [] : Found(file, text, DevicePattern());

    /// <summary>Files longer than anyone reads.</summary>
    public static IEnumerable<string> Length(string file, string text)
    {
        int lines = LineCount(text);
        return lines > MaxLines ? [$"{file}: {lines} lines, at most {MaxLines}"] : [];
    }

    public static int LineCount(string text) => text.AsSpan().Count('\n');

    /// <summary>A file is named after a type it declares; what follows a dot tells the parts of a partial type apart.</summary>
    public static IEnumerable<string> FileName(string file, string text)
    {
        string name = Path.GetFileName(file).Split('.')[0];
        if (_filesWithoutType.Contains(name)) return [];
        List<string> types = [.. TypePattern().Matches(text).Select(match => match.Groups[1].Value)];
        return types.Contains(name) ? [] : [$"{file}: named after none of its types ({string.Join(", ", types)})"];
    }

    /// <summary>Links of a page that lead nowhere.</summary>
    public static IEnumerable<string> DeadLinks(string file, string text, Func<string, bool> exists)
    {
        string folder = Path.GetDirectoryName(file) ?? "";
        foreach (Match match in LinkPattern().Matches(text))
        {
            string target = match.Groups[1].Value.Split('#')[0];
            if (target.Length == 0 || target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal)) continue;
            if (!exists(Path.Combine(folder, target))) yield return $"{file}: links to {target}, which does not exist";
        }
    }

    private static IEnumerable<string> Found(string file, string text, Regex pattern)
    {
        foreach (Match match in pattern.Matches(text))
            yield return $"{file}:{LineCount(text[..match.Index]) + 1}: {match.Value.Trim()}";
    }

    [GeneratedRegex(@"^[ \t]*#[ \t]*(if|elif|else)\b", RegexOptions.Multiline)]
    private static partial Regex ConditionPattern();

    // The words are broken so that this file is not a breach of its own rules.
    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X|NotImplemented" + @"Exception)\b")]
    private static partial Regex UnfinishedPattern();

    // Drive I: is no machine's: nanoFramework calls the storage inside a device so.
    [GeneratedRegex(@"(?<![\w.])/(home|root|Users|work|mnt|tmp)/|\b[A-HJ-Z]:\\\w|\b(nuget\.org|pypi\.org|npmjs\.\w+|debian\.org|pythonhosted\.org|docker\.io)\b|\blocalhost:\d")]
    private static partial Regex MachinePattern();

    [GeneratedRegex(@"\bSkip\s*=\s*[""$@]")]
    private static partial Regex SkipPattern();

    [GeneratedRegex(@"\b(System\.Device\.(Gpio|I2c|Spi|Pwm|Adc)|Iot\.Device)\b")]
    private static partial Regex DevicePattern();

    [GeneratedRegex(@"^\s*(?:(?:public|internal|private|protected|file|static|sealed|abstract|partial|readonly|unsafe|ref|new)\s+)*(?:class|record\s+struct|record\s+class|record|struct|interface|enum|delegate\s+[\w<>\[\]?]+)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"\]\(\s*<?([^)\s>]+)>?[^)]*\)")]
    private static partial Regex LinkPattern();
}

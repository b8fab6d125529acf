using System;
using System.IO;
using EdgeRnn.Converter;
using EdgeRnn.Tests;

namespace EdgeRnn.Accuracy.Report;

/// <summary>The part of runtime/NUMERICS.md that the command writes.</summary>
public static class NumericsPage
{
    private const string Begin = "<!-- begin: written by tests/EdgeRnn.Accuracy -->\n";
    private const string End = "<!-- end: written by tests/EdgeRnn.Accuracy -->";

    /// <summary>The page of this checkout.</summary>
    public static string DefaultPath => Path.Combine(Repository.Root, "runtime", "NUMERICS.md");

    /// <summary>The table that stands in a page.</summary>
    /// <exception cref="ConversionException">The page lacks the marker lines.</exception>
    public static string Read(string path)
    {
        string page = File.ReadAllText(path);
        (int start, int end) = Find(page, path);
        return page[start..end];
    }

    /// <summary>Replaces the table of a page.</summary>
    /// <exception cref="ConversionException">The page lacks the marker lines.</exception>
    public static void Write(string path, string table)
    {
        string page = File.ReadAllText(path);
        (int start, int end) = Find(page, path);
        File.WriteAllText(path, page[..start] + table + page[end..]);
    }

    private static (int Start, int End) Find(string page, string path)
    {
        int begin = page.IndexOf(Begin, StringComparison.Ordinal);
        int end = begin < 0 ? -1 : page.IndexOf(End, begin, StringComparison.Ordinal);
        if (end >= 0) return (begin + Begin.Length, end);
        throw new ConversionException($"{Path.GetFileName(path)}: the lines '{Begin.Trim()}' and '{End}' are missing; " +
            "put them where the table belongs");
    }
}

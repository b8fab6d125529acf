using System;

namespace EdgeRnn.Converter.Verify;

/// <summary>Which character separates the cells of a CSV.</summary>
public static class CsvDialect
{
    /// <summary>Characters looked at from the start of a file.</summary>
    public const int HeadCharacters = 64 * 1024;

    // In this order: a comma may also be part of a text or a number between semicolons or tabs, hardly the other way round.
    private static readonly char[] _delimiters = ['\t', ';', ','];

    /// <summary>The first delimiter that occurs equally often in the first two lines with text; a comma if none does.</summary>
    /// <param name="head">The start of the file.</param>
    public static char Delimiter(ReadOnlySpan<char> head)
    {
        ReadOnlySpan<char> first = NextLine(ref head), second = NextLine(ref head);
        foreach (char delimiter in _delimiters)
        {
            int count = CountOutsideQuotes(first, delimiter);
            if (count > 0 && (second.IsEmpty || count == CountOutsideQuotes(second, delimiter))) return delimiter;
        }
        foreach (char delimiter in _delimiters)
        {
            if (CountOutsideQuotes(first, delimiter) > 0) return delimiter;
        }
        return ',';
    }

    private static ReadOnlySpan<char> NextLine(ref ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            int end = text.IndexOfAny('\r', '\n');
            ReadOnlySpan<char> line = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            if (!line.IsWhiteSpace()) return line;
        }
        return [];
    }

    private static int CountOutsideQuotes(ReadOnlySpan<char> line, char delimiter)
    {
        int count = 0;
        bool quoted = false;
        foreach (char character in line)
        {
            if (character == '"') quoted = !quoted;
            else if (character == delimiter && !quoted) count++;
        }
        return count;
    }
}

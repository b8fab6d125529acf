using System.Globalization;
using System.Text;

namespace EdgeRnn.Cli.Output;

/// <summary>Text from files and systems as it may stand on a terminal: one line, nothing that moves the cursor.</summary>
internal static class OneLine
{
    /// <summary>The text with every run of line breaks a space and every other control character a question mark.</summary>
    public static string Of(string text)
    {
        StringBuilder line = new(text.Length);
        foreach (char character in text)
        {
            if (character is '\r' or '\n' or '\t')
            {
                if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
                continue;
            }
            line.Append(IsPrintable(character) ? character : '?');
        }
        return line.ToString().TrimEnd();
    }

    private static bool IsPrintable(char character) => CharUnicodeInfo.GetUnicodeCategory(character)
        is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}

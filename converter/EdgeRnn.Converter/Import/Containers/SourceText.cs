using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace EdgeRnn.Converter.Import;

/// <summary>Text from a source file as it may stand in a one-line message: no control characters, not too long.</summary>
internal static class SourceText
{
    private const int _maxShownCharacters = 120;
    private const int _maxListedNames = 12;

    /// <summary>The text on one line, shortened in the middle.</summary>
    public static string Show(string text)
    {
        if (text.Length > _maxShownCharacters)
            text = $"{text[..(_maxShownCharacters / 2)]}...{text[^(_maxShownCharacters / 2)..]}";
        StringBuilder shown = new(text.Length);
        foreach (char character in text)
        {
            bool printable = !char.IsControl(character) && !char.IsSurrogate(character)
                && CharUnicodeInfo.GetUnicodeCategory(character)
                    is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            shown.Append(printable ? character : '?');
        }
        return shown.ToString();
    }

    /// <summary>The first names of a list, and how many there are beyond them.</summary>
    public static string List(IReadOnlyList<string> names)
    {
        if (names.Count == 0) return "none";
        StringBuilder list = new();
        for (int i = 0; i < names.Count && i < _maxListedNames; i++)
        {
            if (i > 0) list.Append(", ");
            list.Append(Show(names[i]));
        }
        if (names.Count > _maxListedNames) list.Append(CultureInfo.InvariantCulture, $" and {names.Count - _maxListedNames} more");
        return list.ToString();
    }
}

using System;
using System.Globalization;

namespace EdgeRnn.Converter.Verify;

/// <summary>Cells of a CSV as numbers: a decimal point whatever the machine's language, nothing for a missing value.</summary>
internal static class CsvNumber
{
    /// <summary>Reads a cell; an empty one is NaN.</summary>
    public static bool TryParse(string cell, out float value)
    {
        value = float.NaN;
        return cell.Length == 0 || float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a cell in double precision; an empty one is NaN.</summary>
    public static bool TryParse(string cell, out double value)
    {
        value = double.NaN;
        return cell.Length == 0 || double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether a cell states a number (an empty one and NaN do not).</summary>
    public static bool IsValue(string cell) => TryParse(cell, out float value) && !float.IsNaN(value);

    /// <summary>Whether a cell is a number as written where the comma separates decimals.</summary>
    public static bool HasDecimalComma(string cell) =>
        cell.Contains(',', StringComparison.Ordinal) && IsValue(cell.Replace(',', '.'));

    /// <summary>Whether a cell is text: neither a number nor missing.</summary>
    public static bool IsText(string cell) => !TryParse(cell, out float _);
}

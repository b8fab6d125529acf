using System;
using System.Globalization;

namespace EdgeRnn.Converter.Import.StateDict;

/// <summary>Names that differ in one number: fc1 and fc2, layers.2 and layers.10, gru and gru2.</summary>
internal static class NaturalOrder
{
    /// <summary>Whether two names are the same but for a number at the end, and the first has the smaller one.</summary>
    public static bool AreNumbered(string first, string second)
    {
        (string firstStem, long firstNumber) = Split(first);
        (string secondStem, long secondNumber) = Split(second);
        return firstStem == secondStem && firstNumber < secondNumber;
    }

    /// <summary>The numbers missing between two modules of one nn.Sequential, whose names end in .NUMBER.</summary>
    public static bool LeavesGap(string first, string second)
    {
        (string firstStem, long firstNumber) = Split(first);
        (string secondStem, long secondNumber) = Split(second);
        bool isSequential = firstStem.Length == 0 || firstStem.EndsWith('.');
        return isSequential && firstStem == secondStem && firstNumber >= 0 && secondNumber > firstNumber + 1;
    }

    private static (string Stem, long Number) Split(string name)
    {
        int end = name.Length;
        while (end > 0 && char.IsAsciiDigit(name[end - 1])) end--;
        bool isNumber = long.TryParse(name.AsSpan(end), NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        return isNumber ? (name[..end], number) : (name, -1);
    }
}

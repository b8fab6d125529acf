using System;
using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>How likely two names are those of a state before and after a step: h_in and h_out, h0 and hn, hidden and hidden_next.</summary>
internal static class StateNames
{
    private static readonly string[] _before = ["in", "input", "prev", "previous", "old", "init", "initial", "last", "0"];
    private static readonly string[] _after = ["out", "output", "next", "new", "n", "final", "1"];

    /// <summary>2 for the same name but for words like in and out, 1 when one begins with the other, 0 otherwise.</summary>
    public static int Likeness(string input, string output)
    {
        string before = Stem(input, _before), after = Stem(output, _after);
        if (before.Length == 0 || after.Length == 0) return 0;
        if (before == after) return 2;
        return after.StartsWith(before, StringComparison.Ordinal) || before.StartsWith(after, StringComparison.Ordinal) ? 1 : 0;
    }

    private static string Stem(string name, string[] dropped)
    {
        char[] letters = [.. name.ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')];
        string[] words = new string(letters).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Where(word => !dropped.Contains(word))).TrimEnd('0');
    }
}

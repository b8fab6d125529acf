using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Simulator;

/// <summary>What a mistyped word may have meant.</summary>
public static class NearestWord
{
    private const int _longestWord = 64;

    /// <summary>The candidate with the fewest changed letters, or null when none is near.</summary>
    /// <param name="word">What was typed.</param>
    /// <param name="candidates">What it may have meant.</param>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        if (word.Length > _longestWord) return null;
        (string Candidate, int Distance) best = candidates
            .Select(candidate => (candidate, Distance(word, candidate)))
            .DefaultIfEmpty(("", int.MaxValue))
            .MinBy(pair => pair.Item2);
        return best.Distance <= Math.Max(2, word.Length / 2) ? best.Candidate : null;
    }

    // Levenshtein: insertions, deletions and replacements.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}

using System;

namespace EdgeRnn.Tests.Motion;

/// <summary>
/// A motion whose samples are numbered: the three counts of the number fit each other and no other sample within 15 million, so that
/// one made of parts of two, or a lost one, shows.
/// </summary>
internal static class NumberedMotion
{
    private const int Farthest = 4000;

    public static (int X, int Y, int Z) Counts(int number) =>
        (number % 251 - 125, (7 * number + 3) % 253 - 126, (31 * number + 5) % 247 - 123);

    /// <summary>The number of the next sample with these counts; where there is none, the test fails.</summary>
    public static int NumberAfter(int last, ReadOnlySpan<short> counts, int step)
    {
        for (int number = last + 1; number <= last + Farthest; number++)
        {
            (int x, int y, int z) = Counts(number);
            if (counts[0] == x * step && counts[1] == y * step && counts[2] == z * step) return number;
        }
        Assert.Fail($"no sample after {last} is {counts[0]}, {counts[1]}, {counts[2]}");
        return 0;
    }
}

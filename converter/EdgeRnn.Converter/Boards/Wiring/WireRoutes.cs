using System;
using System.Linq;

namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>
/// Which vertical lane each wire runs in, so that few wires cross. A wire leaves the board at one height, runs along its lane and reaches
/// its ends at others; two wires never share a lane, and heights at the board differ from heights at the parts, so none covers another.
/// </summary>
internal static class WireRoutes
{
    /// <summary>Chooses lanes.</summary>
    /// <param name="starts">Height of each wire at the board; null for wires between parts.</param>
    /// <param name="ends">Heights of each wire at the parts, at least one.</param>
    /// <returns>The lane of each wire, 0 nearest to the board.</returns>
    public static int[] Lanes(int?[] starts, int[][] ends)
    {
        int[] lanes = [.. Enumerable.Range(0, starts.Length)];
        int best = Crossings(starts, ends, lanes);
        for (bool better = true; better;)
        {
            better = false;
            for (int a = 0; a < lanes.Length; a++)
            {
                for (int b = a + 1; b < lanes.Length; b++)
                {
                    (lanes[a], lanes[b]) = (lanes[b], lanes[a]);
                    int crossings = Crossings(starts, ends, lanes);
                    if (crossings < best) (best, better) = (crossings, true);
                    else (lanes[a], lanes[b]) = (lanes[b], lanes[a]);
                }
            }
        }
        return lanes;
    }

    private static int Crossings(int?[] starts, int[][] ends, int[] lanes)
    {
        int crossings = 0;
        for (int a = 0; a < lanes.Length; a++)
        {
            for (int b = 0; b < lanes.Length; b++)
            {
                if (a == b) continue;
                int from = Math.Min(starts[b] ?? int.MaxValue, ends[b].Min()), to = Math.Max(starts[b] ?? int.MinValue, ends[b].Max());
                if (lanes[b] < lanes[a] && starts[a] is { } start && start >= from && start <= to) crossings++;
                if (lanes[b] > lanes[a]) crossings += ends[a].Count(end => end >= from && end <= to);
            }
        }
        return crossings;
    }
}

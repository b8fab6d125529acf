using System;
using System.Collections.Generic;

namespace EdgeRnn.Tests;

/// <summary>
/// Levels of a contact over time, and an oracle for what a debouncer makes of them that works the other way: it cuts time into
/// stretches of one level, throws away those shorter than the window, and looks at the levels of the rest.
/// </summary>
internal sealed class BounceTrain
{
    public List<(long AtMicros, bool IsHigh)> Edges { get; } = [];

    public static BounceTrain Random(int seed, int edges, int longestMicros)
    {
        Random random = new(seed);
        BounceTrain train = new();
        long at = 0;
        for (int i = 0; i < edges; i++)
        {
            // Short and long stretches are equally frequent, and every tenth edge comes at the time of the one before.
            at += random.Next(10) == 0 ? 0 : random.Next(2) == 0 ? random.Next(1, 20) : random.Next(1, longestMicros);
            // Every twentieth edge is missing: the next one is to the level that was there.
            bool isHigh = i % 2 == 0;
            if (random.Next(20) != 0) train.Edges.Add((at, isHigh));
        }
        return train;
    }

    /// <summary>Pulses, and the level that counts, at a time behind all edges, with a low level before the first.</summary>
    public (int Pulses, bool IsHigh) Expected(int windowMicros, long nowMicros)
    {
        int pulses = 0;
        bool isHigh = false;
        for (int i = 0; i < Edges.Count && Edges[i].AtMicros <= nowMicros; i++)
        {
            long end = i + 1 < Edges.Count ? Math.Min(Edges[i + 1].AtMicros, nowMicros) : nowMicros;
            if (end - Edges[i].AtMicros < windowMicros) continue;
            if (Edges[i].IsHigh && !isHigh) pulses++;
            isHigh = Edges[i].IsHigh;
        }
        return (pulses, isHigh);
    }
}

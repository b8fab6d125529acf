using System;
using System.Collections.Generic;
using System.Linq;
using static EdgeRnn.Tests.SecondCursor;

namespace EdgeRnn.Tests;

/// <summary>Reads a saved state by FORMAT.md alone.</summary>
internal sealed class SecondState
{
    private const int HeaderBytes = 56, ChecksumBytes = 4;

    public int[] Counters { get; private init; } = [];

    public float[] Floats { get; private init; } = [];

    public static SecondState Read(byte[] state, SecondModel model)
    {
        SecondCursor cursor = new(state, 0, state.Length);
        Must(cursor.Bytes(4).AsSpan().SequenceEqual("ERST"u8), "magic is ERST");
        Must(cursor.I32() == 2, "version is 2");
        Must(cursor.I32() == state.Length, "length counts everything");
        Must(cursor.Bytes(32).AsSpan().SequenceEqual(model.ModelId), "modelId");
        Must(cursor.I32() == model.Plan[3], "counterCount as in PLAN");
        Must(cursor.I32() == 0, "intCount is 0 in a float model");
        int floats = cursor.I32();
        Must(floats == (model.Plan[0] + model.Plan[1]) / 4, "floatCount is layer state and window");
        Must(state.Length == HeaderBytes + 4 * (model.Plan[3] + floats) + ChecksumBytes, "nothing else");
        int[] counters = Enumerable.Range(0, model.Plan[3]).Select(_ => cursor.I32()).ToArray();
        CheckCounters(counters, model);
        SecondState read = new() { Counters = counters, Floats = cursor.FiniteF32s(floats, "state") };
        Must(cursor.U32() == SecondReader.Crc32(state.AsSpan(0, state.Length - ChecksumBytes)), "checksum");
        return read;
    }

    private static void CheckCounters(int[] counters, SecondModel model)
    {
        int positions = model.Window is { } window ? (window.Endless ? window.Hop : window.WindowLength) : 1;
        Must(counters.All(counter => counter >= 0), "counters are 0 or more");
        Must(counters[1] < positions, "position lies in the window");
        Must(counters[2] <= (model.Window?.DecoderSteps ?? 0), "decoder steps left are at most decoderSteps");
        int at = 3;
        foreach (SecondLayer conv in model.Graphs.SelectMany(graph => graph.Layers).Where(layer => layer.Kind == SecondLayer.Conv))
        {
            Must(counters[at++] <= conv.Reach, "ring position lies in the ring");
            Must(counters[at++] <= Math.Max(conv.PaddedStart ? 0 : conv.Reach, conv.Stride - 1), "steps until the next output are in range");
        }
    }

    /// <summary>What the state must be after the steps a session of the second reader has run: (what, expected, found).</summary>
    public IEnumerable<(string What, double Expected, double Found)> Compare(SecondModel model, SecondSession session, int steps)
    {
        yield return ("steps", steps, Counters[0]);
        yield return ("position", session.Position, Counters[1]);
        yield return ("decoder steps left", session.DecoderStepsLeft, Counters[2]);
        int counter = 3, at = 0;
        IEnumerable<SecondLayerRun> runs = session.Decoder == null ? session.Main.Layers : session.Main.Layers.Concat(session.Decoder.Layers);
        foreach ((SecondLayer layer, SecondLayerRun run) in model.Graphs.SelectMany(graph => graph.Layers).Zip(runs))
        {
            if (layer.Kind == SecondLayer.Conv)
            {
                int ring = (int)layer.Reach + 1, next = Counters[counter++];
                yield return (layer.Name + " steps until output", run.StepsUntilOutput, Counters[counter++]);
                for (int age = 0; age < Math.Min(ring, run.History.Count); age++)
                {
                    int frame = (next - 1 - age + 2 * ring) % ring;
                    for (int i = 0; i < layer.InputSize; i++)
                        yield return ($"{layer.Name} input {i}, {age} steps old", run.History[^(1 + age)][i], Floats[at + frame * layer.InputSize + i]);
                }
                at += ring * layer.InputSize;
                continue;
            }
            if (!SecondChecks.IsCell(layer)) continue;
            foreach (double value in run.H.Concat(run.C)) yield return (layer.Name + " state", value, Floats[at++]);
        }
        foreach (double value in session.KeptInputs) yield return ("past input", value, Floats[at++]);
    }
}

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

    /// <summary>State and window of a quantized model.</summary>
    public int[] Integers { get; private init; } = [];

    /// <summary>State and window of a float model; state of the float layers of a quantized one.</summary>
    public float[] Floats { get; private init; } = [];

    public static SecondState Read(byte[] state, SecondModel model)
    {
        SecondCursor cursor = new(state, 0, state.Length);
        Must(cursor.Bytes(4).AsSpan().SequenceEqual("ERST"u8), "magic is ERST");
        Must(cursor.I32() == 2, "version is 2");
        Must(cursor.I32() == state.Length, "length counts everything");
        Must(cursor.Bytes(32).AsSpan().SequenceEqual(model.ModelId), "modelId");
        Must(cursor.I32() == model.Plan[3], "counterCount as in PLAN");
        int all = (model.Plan[0] + model.Plan[1]) / 4, inFloat = model.IsQuantized ? (int)Islands(model).Sum(SecondChecks.StateSize) : all;
        int ints = cursor.I32(), floats = cursor.I32();
        Must(ints == all - inFloat && floats == inFloat, "intCount and floatCount are layer state and window");
        Must(state.Length == HeaderBytes + 4 * (model.Plan[3] + all) + ChecksumBytes, "nothing else");
        int[] counters = Enumerable.Range(0, model.Plan[3]).Select(_ => cursor.I32()).ToArray();
        CheckCounters(counters, model);
        int[] integers = Enumerable.Range(0, ints).Select(_ => cursor.I32()).ToArray();
        if (model.IsQuantized) CheckIntegers(integers, model);
        SecondState read = new() { Counters = counters, Integers = integers, Floats = cursor.FiniteF32s(floats, "state") };
        Must(cursor.U32() == SecondReader.Crc32(state.AsSpan(0, state.Length - ChecksumBytes)), "checksum");
        return read;
    }

    private static IEnumerable<SecondLayer> Islands(SecondModel model) =>
        model.Graphs.SelectMany(graph => graph.Layers).Where(layer => !layer.IsInteger);

    private static void CheckIntegers(int[] integers, SecondModel model)
    {
        const long Value = 32767, Wide = (1 << 30) - 1;
        int at = 0;
        foreach (SecondLayer layer in model.Graphs.SelectMany(graph => graph.Layers).Where(layer => layer.IsInteger))
        {
            long size = SecondChecks.StateSize(layer), wide = layer.Kind == SecondLayer.Gru ? Wide : int.MaxValue;
            long narrow = layer.Kind == SecondLayer.Conv ? size : Math.Min(size, layer.OutputSize);
            for (int i = 0; i < size; i++) Must(Math.Abs((long)integers[at++]) <= (i < narrow ? Value : wide), layer.Name + " state is in range");
            for (int i = 1; layer.Kind == SecondLayer.Lstm && i <= layer.CellSize; i++) Must(integers[at - i] is >= 0 and < 1 << 24, layer.Name + " rests are in range");
        }
        for (; at < integers.Length; at++) Must(Math.Abs((long)integers[at]) <= Value, "what the window keeps is values");
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
        int counter = 3, at = 0, floatAt = 0;
        IEnumerable<SecondLayerRun> runs = session.Decoder == null ? session.Main.Layers : session.Main.Layers.Concat(session.Decoder.Layers);
        double[] values = model.IsQuantized ? Array.ConvertAll(Integers, value => (double)value) : Array.ConvertAll(Floats, value => (double)value);
        double[] floats = Array.ConvertAll(Floats, value => (double)value);
        foreach ((SecondLayer layer, SecondLayerRun run) in model.Graphs.SelectMany(graph => graph.Layers).Zip(runs))
        {
            SecondIslandRun? island = run as SecondIslandRun;
            int size = (int)SecondChecks.StateSize(layer), start = island == null ? at : floatAt;
            foreach ((string, double, double) difference in CompareLayer(layer, island?.Inner ?? run, counter, island == null ? values : floats, start))
                yield return difference;
            if (layer.Kind == SecondLayer.Conv) counter += 2;
            if (island == null) at += size;
            else floatAt += size;
        }
        foreach (double value in session.KeptInputs) yield return ("past input", value, values[at++]);
    }

    private IEnumerable<(string What, double Expected, double Found)> CompareLayer(SecondLayer layer, SecondLayerRun run, int counter, double[] state, int at)
    {
        if (layer.IsCell)
        {
            foreach (double value in run.H.Concat(run.Wide).Concat(run.C).Concat(run.Rest)) yield return (layer.Name + " state", value, state[at++]);
        }
        if (layer.Kind != SecondLayer.Conv) yield break;
        int ring = (int)layer.Reach + 1, next = Counters[counter];
        yield return (layer.Name + " steps until output", run.StepsUntilOutput, Counters[counter + 1]);
        for (int age = 0; age < Math.Min(ring, run.History.Count); age++)
        {
            int frame = (next - 1 - age + 2 * ring) % ring;
            for (int i = 0; i < layer.InputSize; i++)
                yield return ($"{layer.Name} input {i}, {age} steps old", run.History[^(1 + age)][i], state[at + frame * layer.InputSize + i]);
        }
    }
}

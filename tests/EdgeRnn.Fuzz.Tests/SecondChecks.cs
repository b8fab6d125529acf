using System;
using System.Collections.Generic;
using System.Linq;
using static EdgeRnn.Tests.SecondCursor;

namespace EdgeRnn.Tests;

/// <summary>The memory plan and the limits.</summary>
internal static class SecondChecks
{
    public const long MaxSessionBytes = 64 << 20;
    private const long MaxAnswerBytes = 64 << 20, MaxCost = 1L << 31, MaxSharedElements = 1 << 24, ElementsPerScale = 16;

    public static void Check(SecondModel model, long maxSessionBytes)
    {
        foreach (SecondGraph graph in model.Graphs) SecondRates.Joint(graph.Outputs, SecondRates.Of(graph));
        foreach (SecondGraph graph in model.Graphs) CheckPieces(graph.Layers);
        long uses = model.Graphs.SelectMany(graph => graph.Layers).SelectMany(layer => layer.Tensors.Values).Sum(Packed);
        Must(uses - model.Tensors.Sum(Packed) <= MaxSharedElements, "tensors used again have at most 2^24 elements");
        long[] plan = Plan(model);
        Must(plan[0] + plan[1] + plan[2] <= maxSessionBytes, "a session takes at most what is allowed");
        Must(4L * model.FrameSize * model.FramesPerAnswer <= MaxAnswerBytes, "an answer takes at most 64 MiB");
        Must(CostliestStep(model, Cost) <= MaxCost, "a step costs at most 2^31");
        for (int i = 0; i < plan.Length; i++) Must(plan[i] == model.Plan[i], $"PLAN figure {i} is {plan[i]}, found {model.Plan[i]}");
    }

    private static long Packed(SecondTensor tensor) => tensor.Elements + ElementsPerScale * tensor.Scales;

    private static void CheckPieces(SecondLayer[] layers)
    {
        Must(layers.Sum(Pieces) <= 65535, "groups and blocks are at most 65535 together");
        foreach (SecondLayer conv in layers.Where(layer => layer.Kind == SecondLayer.Conv))
            Must(4 * (conv.Reach + 1) * conv.InputSize <= MaxSessionBytes, "the state of a conv takes at most 64 MiB");
    }

    private static long Pieces(SecondLayer layer)
    {
        long groups = layer.Kind == SecondLayer.Conv ? layer.Groups : 0;
        if (!layer.IsInteger) return groups;
        return Math.Max(1, groups) * Matrices(layer).Sum(matrix => matrix.Blocks.Length);
    }

    // W, U and W_p, which products are made of.
    private static IEnumerable<SecondTensor> Matrices(SecondLayer layer) =>
        new[] { 1, 3, 6 }.Where(layer.Tensors.ContainsKey).Select(role => layer.Tensors[role]);

    /// <summary>Bytes of layer state, of window, of scratch, and counters, as the page computes them.</summary>
    public static long[] Plan(SecondModel model)
    {
        SecondLayer[] layers = model.Graphs.SelectMany(graph => graph.Layers).ToArray();
        SecondLayer[] islands = layers.Where(layer => model.IsQuantized && !layer.IsInteger).ToArray();
        long state = layers.Sum(StateSize);
        long values = model.Graphs.Sum(graph => graph.InputSize) + layers.Where(layer => !layer.IsCell || islands.Contains(layer)).Sum(layer => (long)layer.OutputSize);
        long work = layers.Select(layer => Gathered(layer) + (islands.Contains(layer) ? 0 : WorkSize(layer))).DefaultIfEmpty().Max();
        long islandWork = islands.Select(layer => layer.InputSize + layer.OutputSize + WorkSize(layer)).DefaultIfEmpty().Max();
        long answer = model.IsQuantized ? (long)model.FrameSize * model.FramesPerAnswer : 0;
        int convs = layers.Count(layer => layer.Kind == SecondLayer.Conv);
        return [4 * state, 4 * WindowSize(model), 4 * (values + work + answer + islandWork), 3 + 2 * convs];
    }

    /// <summary>The multiply-accumulates of the costliest step, or its cost as the limit counts it.</summary>
    public static long CostliestStep(SecondModel model, Func<SecondLayer, long> layerCost)
    {
        long main = model.Main.Layers.Sum(layerCost);
        if (model.Window is not { } window) return main;
        long steps = window.Endless ? 1 : window.ReversedInput ? window.WindowLength : 1 + window.WindowLength - window.Hop;
        if (model.Graphs.Count == 1) return steps * main;
        long atOnce = window.StepsPerTick == 0 ? window.DecoderSteps : window.StepsPerTick;
        return steps * main + atOnce * model.Decoder.Layers.Sum(layerCost);
    }

    public static long StateSize(SecondLayer layer) => layer.Kind switch
    {
        SecondLayer.Gru when layer.IsInteger => 2 * layer.OutputSize,
        SecondLayer.Rnn or SecondLayer.Gru => layer.OutputSize,
        SecondLayer.Lstm => layer.OutputSize + (layer.IsInteger ? 2L : 1L) * layer.CellSize,
        SecondLayer.Conv => (layer.Reach + 1) * layer.InputSize,
        _ => 0,
    };

    private static long Gathered(SecondLayer layer) => layer.Inputs.Length > 1 ? layer.InputSize : 0;

    private static long WorkSize(SecondLayer layer) => layer.IsInteger ? IntegerWorkSize(layer) : layer.Kind switch
    {
        SecondLayer.Rnn => layer.OutputSize,
        SecondLayer.Lstm => (layer.Gates + 1L) * layer.CellSize,
        SecondLayer.Gru => 4L * layer.OutputSize,
        SecondLayer.Conv => (long)layer.Kernel * layer.InputSize,
        _ => 0,
    };

    private static long IntegerWorkSize(SecondLayer layer)
    {
        long o = layer.OutputSize;
        long product = new[] { 1, 3 }.Where(layer.Tensors.ContainsKey).Select(role => Scratch(layer, role)).DefaultIfEmpty().Max();
        switch (layer.Kind)
        {
            case SecondLayer.Dense or SecondLayer.Rnn: return o + product;
            case SecondLayer.Gru: return 4 * o + product;
            case SecondLayer.Conv: return (long)layer.Kernel * layer.InputSize + o + product;
            case SecondLayer.Activation or SecondLayer.Standardise or SecondLayer.Pairwise: return o;
            case SecondLayer.Lstm:
                long projection = layer.Tensors.ContainsKey(6) ? o + Scratch(layer, 6) : 0;
                return (layer.Gates + 1L) * layer.CellSize + Math.Max(product, projection);
            default: return 0;
        }
    }

    private static long Scratch(SecondLayer layer, int role)
    {
        SecondTensor matrix = layer.Tensors[role];
        return 16 * matrix.Blocks.Max(block => (long)block.Groups) + (layer.Scheme == 3 ? matrix.Columns : 0);
    }

    private static long WindowSize(SecondModel model)
    {
        if (model.Window is not { } window) return 0;
        long past = window.ReversedInput || window.Hop < window.WindowLength ? (long)window.WindowLength * model.Main.InputSize : 0;
        if (model.Graphs.Count == 2) return past + (long)window.DecoderSteps * model.Decoder.OutputSize + model.Decoder.InputSize;
        return past + (window.Answer == SecondWindow.AllSteps ? (long)window.WindowLength * model.Main.OutputSize : 0);
    }

    public static long Macs(SecondLayer layer)
    {
        long i = layer.InputSize, o = layer.OutputSize, c = layer.CellSize, gates = layer.Gates;
        return layer.Kind switch
        {
            SecondLayer.Dense => i * o,
            SecondLayer.Rnn => o * (i + o),
            SecondLayer.Lstm => gates * c * (i + o) + 3 * c + (layer.Tensors.ContainsKey(6) ? o * c : 0) + (layer.Tensors.ContainsKey(5) ? 3 * c : 0),
            SecondLayer.Gru => 3 * o * (i + o) + 3 * o,
            SecondLayer.Conv => o * (i / layer.Groups) * layer.Kernel,
            SecondLayer.Standardise or SecondLayer.Pairwise => o,
            _ => 0,
        };
    }

    public static long Cost(SecondLayer layer) => Macs(layer) + layer.InputSize + 8L * layer.OutputSize + 16;
}

using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Boards;

namespace EdgeRnn.Cli.Output;

/// <summary>A <see cref="BoardCost"/> as text.</summary>
internal static class BoardText
{
    /// <summary>The estimate, a line per resource, then the verdict and its reasons.</summary>
    /// <param name="cost">The estimate.</param>
    /// <param name="rateHz">Samples per second that are wanted, or null.</param>
    public static IEnumerable<string> Lines(BoardCost cost, double? rateHz)
    {
        bool interpreted = cost.Board.Runtime == BoardRuntime.NanoFramework;
        yield return $"on {cost.Board.Name} ({cost.Board.Id}), {(interpreted ? ".NET nanoFramework" : ".NET")}; estimates, nothing was measured there";
        MemoryNeed memory = cost.Memory;
        yield return $"  RAM         {Quantity.Bytes(memory.TotalBytes)}: model {Quantity.Count(memory.ModelBytes)}, session " +
            $"{Quantity.Count(memory.SessionBytes)}, detector {Quantity.Count(memory.DetectorBytes)}, only while starting " +
            $"{Quantity.Count(memory.StartBytes)} (the file among it), program {Quantity.Count(memory.OtherBytes)}";
        yield return $"  step        {Duration(cost.WorstSeconds)} at worst, {Duration(cost.MeanSeconds)} on average{Operations(cost)}";
        if (interpreted) yield return "  row pairs   " + RowPairs(cost);
        yield return $"  verdict     {Word(cost.Fit)}" + (rateHz is { } rate ? $" at {rate} Hz" : "");
        foreach (string reason in Reasons(cost)) yield return $"              {reason}";
        if (rateHz == null) yield return "              --rate HZ judges the time of a step, too";
    }

    /// <summary>One sentence for each resource and for each obstacle.</summary>
    public static IEnumerable<string> Reasons(BoardCost cost) =>
        [.. cost.Obstacles.Select(obstacle => $"does not fit: {obstacle}"), .. cost.Resources.Select(Reason)];

    /// <summary>What a resource's share means.</summary>
    public static string Reason(ResourceUse use)
    {
        bool time = use.Name == "time";
        string needed = time ? Duration(use.Needed) : Quantity.Count((long)use.Needed);
        string budget = time ? $"{Duration(use.Budget)} from sample to sample" : $"{Quantity.Count((long)use.Budget)} bytes";
        string limit = use.Fit == Fit.Tight ? $", and above {Percent(ResourceUse.TightShare)} an estimate is too near" : "";
        return $"{use.Name} {Word(use.Fit)}: {needed} of {budget} ({Percent(use.Share)}){limit}";
    }

    private static string RowPairs(BoardCost cost)
    {
        if (cost.AllRowPairBytes == 0) return "nothing to gain: no integer matrix with several rows";
        if (cost.RowPairBytes == 0) return $"RAM has no room for them: {Quantity.Count(cost.AllRowPairBytes)} bytes";
        string part = cost.RowPairBytes < cost.AllRowPairBytes ? $" of {Quantity.Count(cost.AllRowPairBytes)}" : "";
        return $"fit in {Quantity.Count(cost.RowPairBytes)}{part} bytes, counted above: a step takes {Duration(cost.WorstSeconds)}, without them " +
            $"{Duration(cost.PlainSeconds)}; Model.Load(file, ModelLimits.MaxSessionBytes, {cost.RowPairBytes})";
    }

    private static string Operations(BoardCost cost) => cost.Operations is { } operations
        ? $": {Quantity.Count((long)operations)} operations, {Quantity.Count(cost.Board.IlOperationsPerSecond ?? 0)} per second" : "";

    private static string Duration(double seconds) => Quantity.Duration(1e9 * seconds);

    private static string Percent(double share) => $"{Quantity.Fixed(100 * Math.Min(share, 1e6), share < 0.1 ? 1 : 0)} %";

    private static string Word(Fit fit) => fit switch
    {
        Fit.Fits => "fits",
        Fit.Tight => "tight",
        _ => "does not fit",
    };
}

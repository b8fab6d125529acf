using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Boards;

/// <summary>
/// What a model needs on a board, and whether that fits. All of it is estimated: RAM from the runtime's objects, time from the operations of
/// a step and the board's speed; nothing was measured on a board.
/// </summary>
public sealed record BoardCost
{
    /// <summary>
    /// What programs take of the flash besides the model: assemblies of the runtime, drivers and libraries, the core library among them.
    /// The program for ESP32 boards was 278,000 bytes, packed by nanoFramework's metadata processor.
    /// </summary>
    public const long ProgramFlashBytes = 280 * 1024;

    /// <summary>The largest model that a nanoFramework program can hold as a resource.</summary>
    public const int MaxEmbeddedBytes = 60_000;

    private const double _cyclesPerCost = 10; // of what ModelLimits.MaxCostPerStep counts besides multiply-accumulates

    private BoardCost()
    {
    }

    /// <summary>The board.</summary>
    public required BoardDescription Board { get; init; }

    /// <summary>RAM, with rows in pairs where <see cref="RowPairBytes"/> says so.</summary>
    public required MemoryNeed Memory { get; init; }

    /// <summary>Bytes of the model file.</summary>
    public required int FileBytes { get; init; }

    /// <summary>Interpreted operations of the costliest step, a detector's included; null with .NET, which compiles.</summary>
    public required double? Operations { get; init; }

    /// <summary>The costliest step, in seconds.</summary>
    public required double WorstSeconds { get; init; }

    /// <summary>A step on average, in seconds.</summary>
    public required double MeanSeconds { get; init; }

    /// <summary>The costliest step without rows in pairs, in seconds.</summary>
    public required double PlainSeconds { get; init; }

    /// <summary>What all rows in pairs would take; 0 where there is nothing to pair.</summary>
    public required int AllRowPairBytes { get; init; }

    /// <summary>What to allow them, so that RAM keeps the room it should have: the third argument of Model.Load. 0: leave them.</summary>
    public int RowPairBytes => (int)Memory.RowPairBytes;

    /// <summary>RAM, flash and, where a rate is wanted, time.</summary>
    public required IReadOnlyList<ResourceUse> Resources { get; init; }

    /// <summary>What stands in the way and is no matter of amounts, in sentences.</summary>
    public required IReadOnlyList<string> Obstacles { get; init; }

    /// <summary>The worst of all.</summary>
    public Fit Fit => Obstacles.Count > 0 ? Fit.DoesNotFit : Resources.Max(resource => resource.Fit);

    /// <summary>Reckons a model on a board.</summary>
    /// <param name="file">A whole .ernn file.</param>
    /// <param name="board">The board.</param>
    /// <param name="rateHz">Samples per second, or null where any rate will do.</param>
    /// <exception cref="ModelException">The runtime refuses the file.</exception>
    public static BoardCost Of(byte[] file, BoardDescription board, double? rateHz)
    {
        Model plain = Model.LoadAsOnDevice(file, 0, out TensorTable plainTensors);
        MemoryNeed plainMemory = MemoryNeed.Of(plain, plainTensors, file.Length, board.Runtime);
        (Model model, MemoryNeed memory) = (plain, plainMemory);
        int all = 0;
        if (board.Runtime == BoardRuntime.NanoFramework)
        {
            all = Model.LoadAsOnDevice(file, int.MaxValue, out _).RowPairBytes;
            (model, memory) = WithPairs(file, board, plain, plainMemory, all, ResourceUse.TightShare);
            // RAM keeps its room, unless only more pairs are quick enough.
            (Model more, MemoryNeed moreMemory) = WithPairs(file, board, plain, plainMemory, all, 1);
            if (FitOf(more, moreMemory) < FitOf(model, memory)) (model, memory) = (more, moreMemory);
        }
        StepOperations operations = StepOperations.Of(model);
        double worst = Seconds(model, board, operations);
        return new BoardCost
        {
            Board = board,
            Memory = memory,
            FileBytes = file.Length,
            Operations = board.Runtime == BoardRuntime.Dotnet ? null : operations.Worst,
            WorstSeconds = worst,
            MeanSeconds = worst * operations.Mean / operations.Worst,
            PlainSeconds = Seconds(plain, board, StepOperations.Of(plain)),
            AllRowPairBytes = all,
            Resources = ResourcesOf(file.Length, board, memory, worst, rateHz),
            Obstacles = [.. ObstaclesOf(board, model, file.Length, memory)],
        };

        Fit FitOf(Model some, MemoryNeed need) => ResourcesOf(file.Length, board, need, Seconds(some, board, StepOperations.Of(some)), rateHz)
            .Max(resource => resource.Fit);
    }

    private static List<ResourceUse> ResourcesOf(int fileBytes, BoardDescription board, MemoryNeed memory, double seconds, double? rateHz)
    {
        List<ResourceUse> resources =
        [
            new("RAM", memory.TotalBytes, board.RamBytes),
            new("flash", fileBytes + (board.Runtime == BoardRuntime.Dotnet ? 0 : ProgramFlashBytes), board.FlashBytes),
        ];
        if (rateHz is { } rate) resources.Add(new ResourceUse("time", seconds, 1 / rate));
        return resources;
    }

    // As many pairs as a share of RAM holds beside the rest.
    private static (Model Model, MemoryNeed Memory) WithPairs(byte[] file, BoardDescription board, Model plain, MemoryNeed memory, int all,
        double share)
    {
        double budget = share * board.RamBytes, spare = budget - memory.TotalBytes;
        for (int allowed = (int)Math.Min(all, spare); allowed > 0;)
        {
            Model model = Model.LoadAsOnDevice(file, allowed, out TensorTable tensors);
            if (model.RowPairBytes == 0) break;
            MemoryNeed need = MemoryNeed.Of(model, tensors, file.Length, board.Runtime);
            if (need.TotalBytes <= budget && need.LargestObjectBytes <= DeviceHeap.MaxObjectBytes)
                return (model, need);
            // Objects take a little more than their bytes, and loading holds both forms.
            allowed = model.RowPairBytes - 1;
        }
        return (plain, memory);
    }

    // The costliest step. Compiled code multiplies at the board's rate; activations and a detector take cycles of their own.
    private static double Seconds(Model model, BoardDescription board, StepOperations operations)
    {
        if (board.IlOperationsPerSecond is { } speed) return operations.Worst / speed;
        double cycles = _cyclesPerCost * (model.WorstCaseCost - model.WorstCaseMacs);
        if (model.Detector != null) cycles += DetectorOperations.Of(model.Detector, model).Worst;
        return (double)model.WorstCaseMacs / board.MacsPerSecond!.Value + cycles / board.ClockHz;
    }

    private static IEnumerable<string> ObstaclesOf(BoardDescription board, Model model, int fileBytes, MemoryNeed memory)
    {
        if (board.ModelStorage == ModelStorage.Embedded && fileBytes > MaxEmbeddedBytes)
        {
            yield return FormattableString.Invariant($"the model is part of the program on this board, which has room for {MaxEmbeddedBytes:N0} ") +
                FormattableString.Invariant($"bytes; the file has {fileBytes:N0}");
        }
        if (board.HasLightMath && !model.IsIntegerOnly)
            yield return "floats need Exp and Tanh, which this board's firmware leaves out of System.Math; convert with --scheme w8a16";
        if (board.HasLightMath && model.Detector?.Threshold == ThresholdMethod.Dynamic)
            yield return "the dynamic threshold needs Sqrt, which this board's firmware leaves out of System.Math; calibrate with another --threshold";
        if (board.Runtime == BoardRuntime.NanoFramework && memory.LargestObjectBytes > DeviceHeap.MaxObjectBytes)
        {
            yield return FormattableString.Invariant($"one array of {memory.LargestObjectBytes:N0} bytes is needed; the interpreter's heap ") +
                FormattableString.Invariant($"holds none above {DeviceHeap.MaxObjectBytes:N0}");
        }
    }
}

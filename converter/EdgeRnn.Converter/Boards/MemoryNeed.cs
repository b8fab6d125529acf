using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Boards;

/// <summary>
/// Estimated RAM of a program with a model, in bytes. On an interpreter it is what the runtime's objects take in nanoFramework's heap; weights
/// are copied there from the file.
/// </summary>
public sealed record MemoryNeed
{
    /// <summary>
    /// What a nanoFramework program takes besides. On the interpreter built for Linux, 32-bit, the tables of the ESP32 program's assemblies took
    /// 22 KB of the heap and the interpreter itself 4 KB, before the first line; the stack, the driver and the reports are 4 KB by estimate.
    /// </summary>
    public const long ProgramBytes = 30 * 1024;

    /// <summary>What a process with .NET takes before it loads a model. Estimate.</summary>
    public const long ProcessBytes = 64 * 1024 * 1024;

    private MemoryNeed()
    {
    }

    /// <summary>Weights, tables and wiring.</summary>
    public required long ModelBytes { get; init; }

    /// <summary>Of the model's: weights with two rows in one number (<see cref="Model.RowPairBytes"/>).</summary>
    public required long RowPairBytes { get; init; }

    /// <summary>State and scratch of one session.</summary>
    public required long SessionBytes { get; init; }

    /// <summary>The detector's memory without its session; 0 without one.</summary>
    public required long DetectorBytes { get; init; }

    /// <summary>Only until the program has started: the file, and what loading or the self-test needs, whichever is more.</summary>
    public required long StartBytes { get; init; }

    /// <summary>What the program takes besides.</summary>
    public required long OtherBytes { get; init; }

    /// <summary>The largest single object.</summary>
    public required long LargestObjectBytes { get; init; }

    /// <summary>All of it: the most that is in use at any time.</summary>
    public long TotalBytes => ModelBytes + SessionBytes + DetectorBytes + StartBytes + OtherBytes;

    /// <summary>Reckons the need of a model file.</summary>
    /// <param name="file">A whole .ernn file.</param>
    /// <param name="runtime">What runs it.</param>
    /// <param name="maxRowPairBytes">What rows in pairs may take; see <see cref="Model.Load(byte[], int, int)"/>.</param>
    /// <exception cref="ModelException">The runtime refuses the file.</exception>
    public static MemoryNeed Of(byte[] file, BoardRuntime runtime, int maxRowPairBytes) =>
        Of(Model.LoadAsOnDevice(file, maxRowPairBytes, out TensorTable tensors), tensors, file.Length, runtime);

    internal static MemoryNeed Of(Model model, TensorTable tensors, int fileBytes, BoardRuntime runtime)
    {
        DeviceHeap heap = new();
        long modelBytes = heap.Add(model);
        // While a model is loaded its tensors are there twice where layers made something else of them; in the self-test they are gone.
        long loadingBytes = heap.Add(tensors);
        long sessionBytes = heap.Add(new Session(model));
        long detectorBytes = 0;
        if (model.Detector != null) detectorBytes = heap.Add(new Detector(model)) - sessionBytes;
        long testBytes = model.GoldenBytes == 0 ? 0
            : sessionBytes + DeviceHeap.ArrayBytes(4L * model.InputSize) + DeviceHeap.ArrayBytes(4L * model.OutputSize);
        long arrays = DeviceHeap.ArrayBytes(fileBytes);
        return new MemoryNeed
        {
            ModelBytes = modelBytes,
            RowPairBytes = model.RowPairBytes,
            SessionBytes = sessionBytes,
            DetectorBytes = detectorBytes,
            StartBytes = arrays + Math.Max(testBytes, loadingBytes - sessionBytes - detectorBytes),
            OtherBytes = runtime == BoardRuntime.Dotnet ? ProcessBytes : ProgramBytes,
            LargestObjectBytes = Math.Max(arrays, heap.LargestBytes),
        };
    }
}

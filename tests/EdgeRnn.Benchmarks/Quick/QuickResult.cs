using EdgeRnn.Converter.Measure;

namespace EdgeRnn.Benchmarks;

/// <summary>What was measured of one case.</summary>
/// <param name="Network">The case.</param>
/// <param name="Step">A step of the runtime.</param>
/// <param name="StreamLimit">Reading the same bytes of weights.</param>
/// <param name="ProductLimit">The bare product of the cell.</param>
/// <param name="Naive">A step of the scalar loop.</param>
/// <param name="AllocatedBytes">Bytes that steps allocated; anything but 0 is a defect.</param>
/// <param name="LoadMs">Median time to read and prove the file.</param>
/// <param name="FileBytes">Length of the file.</param>
/// <param name="Path">The kernels the runtime chose.</param>
/// <param name="StreamBytes">Bytes that the stream limit read.</param>
public sealed record QuickResult(BenchmarkCase Network, Timing Step, Timing StreamLimit, Timing ProductLimit, Timing Naive, long AllocatedBytes,
    double LoadMs, int FileBytes, string Path, int StreamBytes)
{
    /// <summary>Multiply-accumulates per nanosecond.</summary>
    public double MacsPerNs => Network.Macs / Step.MedianNs;

    /// <summary>Bytes per nanosecond of the stream limit.</summary>
    public double StreamGigabytesPerSecond => StreamBytes / StreamLimit.MedianNs;

    /// <summary>How many times as long as reading the weights.</summary>
    public double StreamRatio => Step.MedianNs / StreamLimit.MedianNs;

    /// <summary>How many times as long as the bare product.</summary>
    public double ProductRatio => Step.MedianNs / ProductLimit.MedianNs;

    /// <summary>How many times faster than the scalar loop.</summary>
    public double Speedup => Naive.MedianNs / Step.MedianNs;
}

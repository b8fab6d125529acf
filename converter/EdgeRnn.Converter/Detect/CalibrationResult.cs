using System.Collections.Generic;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>What a calibration chose, and what a detector with it does on the recording itself.</summary>
public sealed class CalibrationResult
{
    internal CalibrationResult(DetectorSettings settings, DetectionTrace trace, IReadOnlyList<string> warnings)
    {
        Settings = settings;
        Trace = trace;
        Warnings = warnings;
    }

    /// <summary>All settings of the detector.</summary>
    public DetectorSettings Settings { get; }

    /// <summary>The detector's run over the recording, from its first step.</summary>
    public DetectionTrace Trace { get; }

    /// <summary>What in the recording may not be meant, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; }
}

using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>States and faults as people read them.</summary>
public static class Words
{
    /// <summary>A state.</summary>
    public static string Of(DetectorState state) => state switch
    {
        DetectorState.WarmingUp => "warming up",
        DetectorState.Calibrating => "calibrating",
        DetectorState.Ready => "ready",
        DetectorState.Alarm => "alarm",
        _ => "sensor fault",
    };

    /// <summary>What is wrong with a sensor.</summary>
    public static string Of(SensorFaultKind fault) => fault switch
    {
        SensorFaultKind.None => "none",
        SensorFaultKind.NotANumber => "missing",
        SensorFaultKind.Infinite => "infinite",
        SensorFaultKind.OutOfRange => "out of range",
        SensorFaultKind.Stuck => "stuck",
        SensorFaultKind.FlatLine => "flat line",
        SensorFaultKind.Spike => "spike",
        SensorFaultKind.Dropout => "no sample",
        _ => "late",
    };
}

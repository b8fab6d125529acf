using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>A fault of a sensor in a stream.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Kind">What was wrong.</param>
/// <param name="Begin">Its first step.</param>
/// <param name="End">Its last step.</param>
public sealed record FaultSpan(string Channel, SensorFaultKind Kind, int Begin, int End);

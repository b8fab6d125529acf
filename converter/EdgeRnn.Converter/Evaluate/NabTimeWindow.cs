using System;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>A window around an anomaly, by the timestamps of its first and last row.</summary>
/// <param name="Start">Of the first row.</param>
/// <param name="End">Of the last row.</param>
public readonly record struct NabTimeWindow(DateTime Start, DateTime End);

using System.Collections.Generic;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>How far the states of an integer run are from those in double precision, over a long time.</summary>
/// <param name="Steps">Steps run without a reset, windows aside.</param>
/// <param name="BucketSteps">Steps per point of a curve.</param>
/// <param name="IsNoise">Standard-normal noise instead of the recording, which is repeated otherwise.</param>
/// <param name="Seed">Of the noise; null for a recording.</param>
/// <param name="Curves">One per state.</param>
public sealed record DriftReport(int Steps, int BucketSteps, bool IsNoise, int? Seed, IReadOnlyList<DriftCurve> Curves);

/// <summary>The error of one state over time.</summary>
/// <param name="Graph">Which graph.</param>
/// <param name="Layer">The recurrent layer.</param>
/// <param name="State">"h" or "c".</param>
/// <param name="Arithmetic">
/// Per bucket the largest |error| against a run with the rounded weights on the rounded input: the integer arithmetic alone.
/// </param>
/// <param name="Total">Per bucket the largest |error| against the float model: rounded weights too.</param>
public sealed record DriftCurve(GraphPart Graph, string Layer, string State, IReadOnlyList<double> Arithmetic,
    IReadOnlyList<double> Total);

using System.Collections.Generic;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>How a detector does on NAB.</summary>
/// <param name="Scores">One per profile, each with its own best threshold, as NAB does it.</param>
/// <param name="Intervals">95 % intervals over series of the normalised scores, as many.</param>
/// <param name="Rows">
/// Row by row, the probation left out, a row in a window being anomalous, alarms by the threshold of the first profile.
/// </param>
public sealed record NabFigures(IReadOnlyList<NabScore> Scores, IReadOnlyList<MetricInterval> Intervals, PooledFigures Rows);

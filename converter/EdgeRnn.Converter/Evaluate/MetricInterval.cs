namespace EdgeRnn.Converter.Evaluate;

/// <summary>How far a figure might lie elsewhere had other files been recorded.</summary>
/// <param name="Low">Lower end; NaN where no resample has a defined figure.</param>
/// <param name="High">Upper end; NaN likewise.</param>
/// <param name="Undefined">Resamples in which the figure was NaN; they are left out.</param>
public readonly record struct MetricInterval(double Low, double High, int Undefined);

using System;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>Adds up a signal and its error.</summary>
internal sealed class ErrorSum
{
    private double _signal;
    private double _error;

    public long Count { get; private set; }

    public double Minimum { get; private set; } = double.PositiveInfinity;

    public double Maximum { get; private set; } = double.NegativeInfinity;

    public double MaxError { get; private set; }

    /// <summary>Error power over signal power; null without a signal, or where something is not finite.</summary>
    public double? Ratio => _signal > 0 && double.IsFinite(_error / _signal) ? _error / _signal : null;

    public double? SignalToNoiseDb => Ratio is { } ratio and > 0 ? -10 * Math.Log10(ratio) : null;

    public double SignalRms => Count == 0 ? 0 : Math.Sqrt(_signal / Count);

    public double ErrorRms => Count == 0 ? 0 : Math.Sqrt(_error / Count);

    public void Add(double reference, double found)
    {
        double error = Math.Abs(found - reference);
        Count++;
        _signal += reference * reference;
        _error += error * error;
        Minimum = Math.Min(Minimum, reference);
        Maximum = Math.Max(Maximum, reference);
        MaxError = Math.Max(MaxError, error);
    }
}

using System;
using System.Linq;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>
/// What single sensors do in a normal recording, and limits that leave room for what it did not show. They are meant for broken sensors,
/// not for broken machines: a bearing that fails shakes many times as hard as one that runs, a machine that stops leaves the noise of the
/// sensor, and both are for the network to judge. Hence the wide margins; what a sensor can give at most stands in its data sheet.
/// </summary>
internal sealed class SensorStatistics
{
    /// <summary>How far beyond what was seen a reading is possible, in multiples of the range that was seen, on each side.</summary>
    public const double RangeMargin = 5;

    private const int StuckFactor = 4;
    private const int LeastStuckSteps = 10;
    private const int SpikeFactor = 10;
    private const int FlatSteps = 64;
    private const double FlatPart = 0.02;

    private readonly int _channels;
    private readonly float[] _least;
    private readonly float[] _most;
    private readonly float[] _largestStep;
    private readonly float[] _leastFlatRange;
    private readonly int[] _longestRun;

    /// <param name="recording">One sequence, raw.</param>
    public SensorStatistics(StepArray recording)
    {
        _channels = recording.Features;
        _least = new float[_channels];
        _most = new float[_channels];
        _largestStep = new float[_channels];
        _leastFlatRange = new float[_channels];
        _longestRun = new int[_channels];
        float[] values = recording.Sequences[0];
        for (int channel = 0; channel < _channels; channel++)
        {
            float[] readings = [.. Enumerable.Range(0, recording.Steps).Select(step => values[step * _channels + channel])
                .Where(float.IsFinite)];
            Look(channel, readings);
        }
    }

    /// <summary>Whether a channel never changed; there is nothing to tell a broken sensor by.</summary>
    public bool IsConstant(int channel) => !(_most[channel] > _least[channel]);

    /// <summary>
    /// Whether a channel lies where no standardised one does: nothing of it is within so many deviations of 0, or it spans many.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="deviations">How many.</param>
    public bool IsBeyond(int channel, float deviations) =>
        _least[channel] > deviations || _most[channel] < -deviations || _most[channel] - _least[channel] > 10 * deviations;

    /// <summary>The least and largest reading of a channel.</summary>
    public (float Least, float Most) RangeOf(int channel) => (_least[channel], _most[channel]);

    /// <summary>Completes the settings of the sensors.</summary>
    /// <param name="sensors">Receives what was not given.</param>
    /// <param name="options">What was.</param>
    /// <param name="answersOften">Longest run that may be limited, in steps.</param>
    public void Complete(SensorSettings sensors, CalibrationOptions options, int answersOften)
    {
        if (Wanted(nameof(SensorSettings.Lowest)) || Wanted(nameof(SensorSettings.Highest)) || options.Ranges.Count > 0)
            CompleteRange(sensors, options);
        if (Wanted(nameof(SensorSettings.StuckSteps)))
            sensors.StuckSteps = [.. _longestRun.Select((run, channel) => IsConstant(channel) || run * StuckFactor > answersOften ? 0
                : Math.Max(LeastStuckSteps, run * StuckFactor))];
        if (Wanted(nameof(SensorSettings.SpikeStep)))
            sensors.SpikeStep = [.. _largestStep.Select(step => Finite(step * (double)SpikeFactor))];
        if (!Wanted(nameof(SensorSettings.FlatRange)) || !Wanted(nameof(SensorSettings.FlatSteps))) return;
        if (!_leastFlatRange.Any(range => range > 0)) return;
        sensors.FlatSteps = FlatSteps;
        // A channel that stood still so long in the recording is not looked at.
        sensors.FlatRange = [.. _leastFlatRange.Select(range => range > 0 ? (float)(range * FlatPart) : -1)];

        bool Wanted(string property) => options.SensorChecks && !options.Given.Contains($"{nameof(DetectorSettings.Sensors)}.{property}");
    }

    private void CompleteRange(SensorSettings sensors, CalibrationOptions options)
    {
        bool wanted = options.SensorChecks;
        float[] lowest = new float[_channels], highest = new float[_channels];
        for (int channel = 0; channel < _channels; channel++)
        {
            double margin = wanted && !IsConstant(channel) ? RangeMargin * ((double)_most[channel] - _least[channel]) : double.MaxValue;
            lowest[channel] = sensors.Lowest.Length == _channels ? sensors.Lowest[channel] : Finite(_least[channel] - margin);
            highest[channel] = sensors.Highest.Length == _channels ? sensors.Highest[channel] : Finite(_most[channel] + margin);
            if (options.Ranges.TryGetValue(channel, out (float Lowest, float Highest) range)) (lowest[channel], highest[channel]) = range;
        }
        sensors.Lowest = lowest;
        sensors.Highest = highest;
    }

    private void Look(int channel, float[] readings)
    {
        if (readings.Length == 0) return;
        _least[channel] = readings.Min();
        _most[channel] = readings.Max();
        int run = 1;
        for (int i = 1; i <= readings.Length; i++)
        {
            if (i < readings.Length && readings[i] == readings[i - 1])
            {
                run++;
                continue;
            }
            _longestRun[channel] = Math.Max(_longestRun[channel], run);
            run = 1;
            if (i < readings.Length) _largestStep[channel] = Math.Max(_largestStep[channel], Math.Abs(readings[i] - readings[i - 1]));
        }
        _leastFlatRange[channel] = LeastRange(readings);
    }

    // The smallest range of FlatSteps readings in a row; 0 for a short recording.
    private static float LeastRange(float[] readings)
    {
        if (readings.Length < 2 * FlatSteps) return 0;
        double least = double.MaxValue;
        for (int start = 0; start + FlatSteps <= readings.Length; start++)
        {
            ReadOnlySpan<float> window = readings.AsSpan(start, FlatSteps);
            float low = window[0], high = window[0];
            foreach (float reading in window)
            {
                low = Math.Min(low, reading);
                high = Math.Max(high, reading);
            }
            least = Math.Min(least, (double)high - low);
        }
        return Finite(least);
    }

    private static float Finite(double value) => (float)Math.Clamp(value, float.MinValue, float.MaxValue);
}

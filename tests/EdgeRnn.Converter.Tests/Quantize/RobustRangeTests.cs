using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Tests.Quantize;

/// <summary>The default method keeps its ranges when the recording gets longer or dirtier; min-max does not.</summary>
public sealed class RobustRangeTests(ITestOutputHelper output)
{
    private const int Steps = 8_000;
    private const int Channels = 3;

    // A bit: a level near a power of two may fall on either side of it.
    private const int BitTolerance = 1;

    // What a bit costs in rounding error, with some room for the other samples.
    private const double ErrorTolerance = 2.2;

    public static TheoryData<string> Dirt =>
    [
        "outliers 1 % x100", "outliers 1 % x1000", "outliers 0.01 % x100", "outliers 0.01 % x1000",
        "stuck high", "stuck long", "ten times longer", "one wild step",
    ];

    [Theory, MemberData(nameof(Dirt))]
    public void Dirt_and_length_do_not_change_the_default_ranges(string dirt)
    {
        foreach (bool standardised in new[] { false, true })
        {
            RecurrentGraph graph = CalibrationModels.Relu(standardised);
            CalibrationResult clean = Calibration.Run(graph, Clean(standardised, 1));
            CalibrationResult dirty = Calibration.Run(graph, Dirty(dirt, standardised));
            foreach (SignalId value in Values(clean))
            {
                int expected = clean.Ranges.Of(value).FractionBits, found = dirty.Ranges.Of(value).FractionBits;
                Assert.True(Math.Abs(expected - found) <= BitTolerance, $"{value}: {expected} bits, {found} with {dirt}");
            }
            double before = CleanError(clean.Ranges, clean), after = CleanError(dirty.Ranges, clean);
            output.WriteLine($"standardised {standardised}: error {before:E2}, with dirt {after:E2}");
            Assert.True(after <= before * ErrorTolerance, $"error on clean data grows from {before:E2} to {after:E2}");
        }
    }

    [Fact]
    public void Outliers_spoil_ranges_of_largest_values()
    {
        RecurrentGraph graph = CalibrationModels.Relu(standardised: false);
        CalibrationOptions minMax = new(RangeMethod.MinMax);
        CalibrationResult clean = Calibration.Run(graph, Clean(false, 1), minMax);
        CalibrationResult dirty = Calibration.Run(graph, Dirty("outliers 0.01 % x1000", false), minMax);
        double before = CleanError(clean.Ranges, clean), after = CleanError(dirty.Ranges, clean);
        output.WriteLine($"error {before:E2}, with outliers {after:E2}");
        Assert.True(after > 50 * before, $"error on clean data goes from {before:E2} to {after:E2}");
    }

    [Fact]
    public void Every_method_leaves_clean_data_far_above_its_rounding()
    {
        RecurrentGraph graph = CalibrationModels.Relu(standardised: true);
        CalibrationResult clean = Calibration.Run(graph, Clean(true, 1));
        foreach (RangeMethod method in Enum.GetValues<RangeMethod>())
        {
            ValueRanges ranges = Calibration.Run(graph, Clean(true, 1), new(method)).Ranges;
            double worst = CleanError(ranges, clean);
            output.WriteLine($"{method}: {20 * Math.Log10(worst):f1} dB, input {ranges.Of(GraphPart.Main, 0).FractionBits} bits");
            // 8-bit weights keep some 45 dB. A percentile clips one value in 10,000.
            Assert.True(worst < (method == RangeMethod.Percentile ? 1e-2 : 1e-3), $"{method}: {worst:E2}");
        }
    }

    [Fact]
    public void Speech_in_an_hour_of_silence_counts()
    {
        // 120 steps in 8000 are a hundred times as loud; as scattered samples they would be outliers.
        StepArray quiet = Recordings.Scaled(Recordings.Noise(Steps, Channels, 11), 0.01f);
        StepArray loud = Recordings.Noise(120, Channels, 12);
        float[] rows = quiet.Sequences[0];
        loud.Sequences[0].CopyTo(rows, 3000 * Channels);
        ValueRange input = InputRange(rows);
        Assert.Equal(0, input.ClippedShare);
        Assert.True(input.Limit >= loud.Sequences[0].Max(Math.Abs), $"the range ends at {input.Limit}");
    }

    [Fact]
    public void Events_on_a_channel_that_rests_count()
    {
        float[] rows = Recordings.Noise(Steps, Channels, 13).Sequences[0];
        for (int step = 0; step < Steps; step++) rows[step * Channels] = step % 997 == 500 ? 40 : 0;
        ValueRange input = InputRange(rows);
        Assert.True(input.Limit >= 40, $"the range ends at {input.Limit}");
    }

    [Fact]
    public void A_channel_far_from_zero_is_held_with_its_deviation()
    {
        float[] rows = Array.ConvertAll(Recordings.Noise(Steps, Channels, 14).Sequences[0], value => 22 + 0.02f * value);
        ValueRange input = InputRange(rows);
        Assert.Equal(32, input.Limit);
    }

    private static ValueRange InputRange(float[] rows) =>
        Calibration.Run(CalibrationModels.Relu(false), new StepArray([rows], Channels)).Ranges.Of(GraphPart.Main, 0);

    private static StepArray Clean(bool standardised, int seed) => Raw(Recordings.Noise(Steps, Channels, seed), standardised);

    private static StepArray Dirty(string dirt, bool standardised)
    {
        StepArray clean = Recordings.Noise(Steps, Channels, 2);
        return Raw(dirt switch
        {
            "outliers 1 % x100" => Recordings.WithOutliers(clean, 0.01, 100, 3),
            "outliers 1 % x1000" => Recordings.WithOutliers(clean, 0.01, 1000, 4),
            "outliers 0.01 % x100" => Recordings.WithOutliers(clean, 0.0001, 100, 5),
            "outliers 0.01 % x1000" => Recordings.WithOutliers(clean, 0.0001, 1000, 6),
            "stuck high" => Recordings.WithStuckChannel(clean, 1, 5000, 4000, 40),
            "stuck long" => Recordings.WithStuckChannel(clean, 2, -800, 1000, 2000),
            "ten times longer" => Recordings.Noise(10 * Steps, Channels, 7),
            _ => Recordings.WithStuckChannel(clean, 0, 1e30f, 10, 1),
        }, standardised);
    }

    // Back to the units of the sensor where the model standardises.
    private static StepArray Raw(StepArray recording, bool standardised)
    {
        if (!standardised) return recording;
        Preprocessing scaling = CalibrationModels.Relu(true).Preprocessing!;
        float[] rows = [.. recording.Sequences[0]
            .Select((value, i) => value / scaling.InverseScale[i % Channels] + scaling.Mean[i % Channels])];
        return new StepArray([rows], Channels);
    }

    // The largest error of rounding and clipping clean data, over all values between layers, relative to the value's rms.
    private static double CleanError(ValueRanges ranges, CalibrationResult clean)
    {
        return Values(clean).Max(value =>
        {
            RangeStatistics statistics = clean.Statistics[value];
            return Math.Sqrt(statistics.MeanSquareError(ranges.Of(value).FractionBits)) / statistics.Rms;
        });
    }

    // Pre-activations of gates have a format of their own, whatever their range.
    private static IEnumerable<SignalId> Values(CalibrationResult result) =>
        result.Statistics.Keys.Where(signal => signal.Kind == Signal.Output);
}

using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Tests.Quantize;

/// <summary>What a calibration takes from a recording, and what formats owe each other.</summary>
public sealed class CalibrationTests
{
    private static readonly SignalId Input = new(GraphPart.Main, 0);

    [Fact]
    public void Statistics_of_every_signal_that_ran_are_kept()
    {
        RecurrentGraph graph = CalibrationModels.Relu(standardised: false);
        CalibrationResult result = Calibration.Run(graph, Recordings.Noise(500, 3, 1), new(RangeMethod.MinMax));
        Assert.Equal((500, 0, 0), (result.Steps, result.SkippedSteps, result.LimitedValues));
        Assert.Equal(result.Ranges.Signals.Keys.ToHashSet(), result.Statistics.Keys.ToHashSet());
        RangeStatistics hidden = result.Statistics[new SignalId(GraphPart.Main, 2)];
        Assert.Equal(500 * 6, hidden.Count);
        Assert.Equal(hidden.LargestMagnitude, result.Ranges.Of(GraphPart.Main, 2).Magnitude);
        Assert.False(result.Ranges.Uncalibrated);
        Assert.Empty(result.Ranges.Warnings);
    }

    [Fact]
    public void Steps_with_missing_or_infinite_values_are_left_out_and_counted()
    {
        RecurrentGraph graph = CalibrationModels.Relu(standardised: true);
        float[] clean = Recordings.Noise(300, 3, 2).Sequences[0];
        List<float> damaged = [.. clean];
        damaged.InsertRange(90, [float.NaN, 1, 1]);
        damaged.InsertRange(300, [1, float.NegativeInfinity, 1]);
        foreach (RangeMethod method in Enum.GetValues<RangeMethod>())
        {
            CalibrationResult expected = Calibration.Run(graph, new StepArray([clean], 3), new(method));
            CalibrationResult found = Calibration.Run(graph, new StepArray([[.. damaged]], 3), new(method));
            Assert.Equal((300, 2), (found.Steps, found.SkippedSteps));
            Assert.Contains(found.Ranges.Warnings, warning => warning.Contains("2 of 302 steps", StringComparison.Ordinal));
            Assert.Equal(expected.Ranges.Signals, found.Ranges.Signals);
        }
    }

    [Fact]
    public void A_recording_without_a_good_step_is_refused()
    {
        StepArray missing = new([[float.NaN, 1, 1, 1, float.NaN, 1]], 3);
        RecurrentGraph graph = CalibrationModels.Relu(false);
        ConversionException refusal = Assert.Throws<ConversionException>(() => Calibration.Run(graph, missing));
        Assert.Contains("all 2 steps have missing", refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<ConversionException>(() => Calibration.Run(graph, Recordings.Noise(10, 4, 1)));
        Assert.Contains("4 features per step, the model reads 3", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Channels_that_are_small_beside_the_others_are_named()
    {
        float[] rows = Recordings.Noise(500, 3, 8).Sequences[0];
        for (int step = 0; step < 500; step++) rows[step * 3 + 1] *= 1000;
        CalibrationResult result = Calibration.Run(CalibrationModels.Relu(false), new StepArray([rows], 3));
        Assert.Contains(result.Ranges.Warnings, warning =>
            warning.StartsWith("input: one format holds all channels, and channel 0, channel 2 vary", StringComparison.Ordinal));
    }

    [Fact]
    public void Sequences_of_a_batch_start_anew()
    {
        RecurrentGraph graph = CalibrationModels.Relu(standardised: false);
        float[] sequence = Recordings.Noise(120, 3, 3).Sequences[0];
        CalibrationResult once = Calibration.Run(graph, new StepArray([sequence], 3), new(RangeMethod.MinMax));
        CalibrationResult twice = Calibration.Run(graph, new StepArray([sequence, sequence], 3), new(RangeMethod.MinMax));
        foreach ((SignalId signal, RangeStatistics statistics) in twice.Statistics)
        {
            Assert.Equal(2 * once.Statistics[signal].Count, statistics.Count);
            Assert.Equal(once.Statistics[signal].LargestMagnitude, statistics.LargestMagnitude);
        }
    }

    [Fact]
    public void What_a_layer_bounds_by_itself_needs_no_recording()
    {
        RecurrentGraph tanhCell = new() { Name = "tanh", Main = CalibrationModels.Autoregressive().Main };
        StepArray quiet = Recordings.Scaled(Recordings.Noise(400, 2, 4), 1e-3f);
        foreach (RangeMethod method in Enum.GetValues<RangeMethod>())
            Assert.Equal(15, Calibration.Run(tanhCell, quiet, new(method)).Ranges.Of(GraphPart.Main, 1).FractionBits);
    }

    [Fact]
    public void Linked_states_share_a_format_and_the_decoders_input_holds_what_is_copied_there()
    {
        RecurrentGraph graph = CalibrationModels.Autoregressive();
        ValueRanges calibrated = Calibration.Run(graph, Recordings.Noise(400, 2, 5)).Ranges;
        foreach (ValueRanges ranges in new[] { calibrated, IntervalBounds.Of(graph) })
        {
            // Main: a tanh cell; decoder: a relu cell that starts from its state.
            Assert.True(ranges.Of(GraphPart.Decoder, 1).FractionBits < 15);
            Assert.Equal(ranges.Of(GraphPart.Decoder, 1).FractionBits, ranges.Of(GraphPart.Main, 1).FractionBits);
            int input = ranges.Of(GraphPart.Decoder, 0).FractionBits;
            Assert.True(input <= ranges.Of(GraphPart.Main, 0).FractionBits, "the first input is handed over");
            Assert.True(input <= ranges.Of(GraphPart.Decoder, 2).FractionBits, "then the output comes back");
        }
    }

    [Fact]
    public void A_decoder_that_never_ran_has_bounds()
    {
        RecurrentGraph graph = CalibrationModels.Autoregressive();
        ValueRanges ranges = Calibration.Run(graph, Recordings.Noise(3, 2, 6)).Ranges;
        Assert.Contains(ranges.Warnings, warning =>
            warning.Contains("no window of the recording is complete", StringComparison.Ordinal));
        Assert.True(ranges.Of(GraphPart.Decoder, 2).Magnitude > 0);
    }

    [Fact]
    public void A_value_that_names_rows_of_a_table_holds_the_last_row()
    {
        EmbeddingNode words = new("words", [new(0, 0, 1)], new Tensor(new float[1000], 500, 2));
        RecurrentGraph graph = new()
        {
            Name = "words",
            Main = new Subgraph { InputSize = 1, Nodes = [words], Outputs = [new(1, 0, 2)] },
        };
        StepArray firstRows = new([[.. Enumerable.Range(0, 200).Select(step => (float)(step % 5))]], 1);
        Assert.Equal(6, Calibration.Run(graph, firstRows).Ranges.Of(Input).FractionBits);
        Assert.Equal(6, IntervalBounds.Of(graph).Of(Input).FractionBits);
        Assert.Empty(IntervalBounds.Of(graph).Warnings);
    }

    [Fact]
    public void Without_a_recording_the_assumed_input_is_named()
    {
        RecurrentGraph raw = CalibrationModels.Relu(standardised: false);
        ValueRanges ranges = IntervalBounds.Of(raw);
        Assert.True(ranges.Uncalibrated);
        Assert.Equal(8, ranges.Of(Input).Magnitude);
        Assert.Contains(ranges.Warnings, warning =>
            warning.StartsWith("input: the input is not standardised; +-8 is assumed for all", StringComparison.Ordinal));
        RecurrentGraph clipped = CalibrationModels.Relu(standardised: true);
        Assert.Equal(CalibrationModels.Clip, IntervalBounds.Of(clipped).Of(Input).Magnitude);
        Assert.DoesNotContain(IntervalBounds.Of(clipped).Warnings, warning =>
            warning.StartsWith("input", StringComparison.Ordinal));
    }

    [Fact]
    public void A_state_that_nothing_bounds_gets_the_documented_default_and_a_warning()
    {
        ValueRanges ranges = IntervalBounds.Of(Sum("sum", 1));
        Assert.Equal(BoundsTable.AssumedState, ranges.Of(GraphPart.Main, 1).Magnitude);
        Assert.Contains(ranges.Warnings, warning =>
            warning.StartsWith("sum: nothing bounds its state; 32 is assumed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_recurrence_that_forgets_has_the_bound_of_its_sum()
    {
        // h = 0.9 h' + x with |x| <= 8 stays within 80.
        ValueRanges ranges = IntervalBounds.Of(Sum("mean", 0.9f));
        Assert.InRange(ranges.Of(GraphPart.Main, 1).Magnitude, 80, 100);
        Assert.Single(ranges.Warnings);
    }

    // h = factor * h' + x, and no bound on either but what the input has.
    private static RecurrentGraph Sum(string name, float factor)
    {
        RnnNode node = new(name, [new(0, 0, 1)], new Tensor([1], 1, 1), new Tensor([factor], 1, 1), new Tensor([0], 1),
            Activation.Linear);
        return new RecurrentGraph
        {
            Name = name,
            Main = new Subgraph { InputSize = 1, Nodes = [node], Outputs = [new(1, 0, 1)] },
        };
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Detect;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Tests.Detect;

public sealed class CalibrationTests
{
    [Fact]
    public void Stream_of_the_input_size_is_taken_for_a_forecast_of_the_next_sample()
    {
        DetectorSettings settings = Run(NormalData.Persistence(2), NormalData.Noise(800, 2, 1)).Settings;
        Assert.Equal((ScoreKind.Forecast, 1, -1), (settings.Kind, settings.Lead, settings.WarmUpSteps));
    }

    [Fact]
    public void Answer_of_a_whole_window_is_taken_for_its_reconstruction()
    {
        WindowPlan window = new() { WindowLength = 8, Hop = 8, Answer = WindowAnswer.AllSteps };
        CalibrationResult result = Run(NormalData.Persistence(2, window), NormalData.Noise(2000, 2, 1));
        Assert.Equal((ScoreKind.Reconstruction, -7), (result.Settings.Kind, result.Settings.Lead));
        Assert.All(result.Trace.Scores.Where(score => !float.IsNaN(score)), score => Assert.Equal(0, score));
    }

    [Fact]
    public void Answers_that_are_probabilities_are_taken_for_a_classifier()
    {
        DenseNode head = new("head", [new Segment(0, 0, 2)], new Tensor([1, 0, 0, 1], 2, 2), null, new Activation(ActivationKind.Softmax));
        byte[] file = ErnnWriter.Write(new RecurrentGraph
        {
            Name = "classes",
            Main = new Subgraph { InputSize = 2, Nodes = [head], Outputs = [new Segment(1, 0, 2)] },
        });
        Assert.Equal(ScoreKind.Confidence, Run(file, NormalData.Noise(500, 2, 3)).Settings.Kind);
    }

    [Fact]
    public void Shape_that_does_not_say_what_it_answers_asks_for_it()
    {
        byte[] file = NormalData.Persistence(3, answers: 1);
        StepArray data = NormalData.Noise(500, 3, 1);
        Assert.Contains("--score forecast", Refused(file, data, new()), StringComparison.Ordinal);
        CalibrationOptions forecast = Given(new DetectorSettings(), nameof(DetectorSettings.Kind));
        Assert.Contains("--target CHANNEL", Refused(file, data, forecast), StringComparison.Ordinal);
        DetectorSettings named = new() { Targets = [0] };
        Assert.Equal(ScoreKind.Forecast, Calibration.Run(Model.Load(file), data, Given(named, nameof(named.Targets))).Settings.Kind);
    }

    [Fact]
    public void Recording_too_short_says_how_much_is_needed()
    {
        string reason = Refused(NormalData.Persistence(2), NormalData.Noise(40, 2, 1), new());
        Assert.Contains("40 steps give 39 scores", reason, StringComparison.Ordinal);
        Assert.Contains($"at least {Calibration.FewestScores}", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Recording_without_a_reading_is_refused() =>
        Assert.Contains("no good reading in 500 of them, first no sample", Refused(NormalData.Persistence(1),
            new StepArray([[.. Enumerable.Repeat(float.NaN, 500)]], 1), new()), StringComparison.Ordinal);

    [Fact]
    public void Constant_channel_is_warned_of_and_its_sensor_not_checked()
    {
        StepArray data = NormalData.Noise(600, 2, 5);
        for (int step = 0; step < data.Steps; step++) data.Sequences[0][2 * step + 1] = 3;
        CalibrationResult result = Run(NormalData.Persistence(2), data);
        Assert.Contains(result.Warnings, warning => warning.StartsWith("channels that never change: c1", StringComparison.Ordinal));
        SensorSettings sensors = result.Settings.Sensors;
        Assert.Equal((0, 0f, -1f), (sensors.StuckSteps[1], sensors.SpikeStep[1], sensors.FlatRange[1]));
        Assert.Empty(DetectionSummary.Of(result.Trace).Faults);
    }

    [Fact]
    public void Missing_readings_are_counted_in_a_warning()
    {
        StepArray data = NormalData.Noise(600, 2, 5);
        data.Sequences[0][100] = data.Sequences[0][301] = float.NaN;
        Assert.Contains(Run(NormalData.Persistence(2), data).Warnings, warning =>
            warning.StartsWith("2 readings are missing", StringComparison.Ordinal));
    }

    [Fact]
    public void Limits_of_sensors_leave_the_stated_room()
    {
        // A triangle from 0 to 10 and back in steps of 1, each value three times in a row.
        float[] values = [.. Enumerable.Range(0, 1200).Select(i => (float)Math.Abs(i / 3 % 20 - 10))];
        SensorSettings sensors = Run(NormalData.Persistence(1), new StepArray([values], 1)).Settings.Sensors;
        Assert.Equal((-50, 60), (sensors.Lowest[0], sensors.Highest[0]));  // five ranges on each side
        Assert.Equal(12, sensors.StuckSteps[0]);                           // four times the longest run
        Assert.Equal(10, sensors.SpikeStep[0]);
        Assert.Equal(0.2f, sensors.FlatRange[0], 1e-6);                    // a fiftieth of the range of 64 readings
    }

    [Fact]
    public void Given_range_takes_the_place_of_what_was_seen()
    {
        CalibrationOptions options = new() { Ranges = new Dictionary<int, (float, float)> { [1] = (-40, 125) }, SensorChecks = false };
        SensorSettings sensors = Calibration.Run(Model.Load(NormalData.Persistence(2)), NormalData.Noise(500, 2, 1), options)
            .Settings.Sensors;
        Assert.Equal((-40f, 125f), (sensors.Lowest[1], sensors.Highest[1]));
        Assert.Equal(float.MaxValue, sensors.Highest[0]);
        Assert.Empty(sensors.StuckSteps);
    }

    [Theory]
    [InlineData(ThresholdMethod.Quantile)]
    [InlineData(ThresholdMethod.Sigma)]
    public void Threshold_fixed_from_the_data_is_the_one_a_device_would_learn_from_all_of_it(ThresholdMethod method)
    {
        Model model = Model.Load(NormalData.Persistence(2));
        StepArray data = NormalData.Noise(700, 2, 9);
        CalibrationOptions options = Given(new DetectorSettings { Threshold = method }, nameof(DetectorSettings.Threshold));
        DetectorSettings settings = Calibration.Run(model, data, options with { FixedFromData = true }).Settings;
        Assert.Equal((ThresholdMethod.Fixed, 0), (settings.Threshold, settings.LearntScores()));
        DetectorSettings learning = new() { Threshold = method, ThresholdSteps = 699, Level = method == ThresholdMethod.Sigma ? 5 : 0.99f };
        learning.Factor = method == ThresholdMethod.Sigma ? 1 : 1.5f;
        Detector detector = new(model, learning, false);
        DetectionRun.Run(detector, learning, data, false);
        Assert.Equal(detector.Threshold, settings.Level);
    }

    [Fact]
    public void Fixing_what_goes_on_learning_is_refused()
    {
        CalibrationOptions options = new() { FixedFromData = true, Settings = new DetectorSettings { NormaliseChannels = true } };
        Assert.Contains("--fixed-from-data does not go with --normalise",
            Refused(NormalData.Persistence(1), NormalData.Noise(300, 1, 1), options),
            StringComparison.Ordinal);
        CalibrationOptions level = new() { Settings = new DetectorSettings { Threshold = ThresholdMethod.Fixed } };
        Assert.Contains("needs --level", Refused(NormalData.Persistence(1), NormalData.Noise(300, 1, 1), level), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_in_the_file_leave_identity_and_golden_steps_alone()
    {
        byte[] file = GoldenSteps.Append(NormalData.Persistence(2));
        byte[] written = DetectorSection.Write(file, Run(file, NormalData.Noise(600, 2, 2)).Settings);
        Model model = Model.Load(written);
        Assert.Equal(Model.Load(file).GetId(), model.GetId());
        Assert.Equal(SelfTestStatus.Passed, SelfTest.Run(written, model));
        Assert.Equal(file, DetectorSection.Remove(written));
    }

    private static CalibrationResult Run(byte[] file, StepArray data) => Calibration.Run(Model.Load(file), data, new CalibrationOptions());

    private static CalibrationOptions Given(DetectorSettings settings, params string[] names) =>
        new() { Settings = settings, Given = new HashSet<string>(names) };

    private static string Refused(byte[] file, StepArray data, CalibrationOptions options)
    {
        string message = Assert.Throws<ConversionException>(() => Calibration.Run(Model.Load(file), data, options)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}

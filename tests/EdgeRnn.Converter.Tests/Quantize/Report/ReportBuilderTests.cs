using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Converter.Quantize.Report;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantize.Report;

public sealed class ReportBuilderTests
{
    private static readonly ReportOptions _quick = new() { MaxSteps = 400, DriftSteps = 0, Budget = null };

    [Theory]
    [InlineData("gru1", Gate.UpdateGate, "The update gate of gru1 loses most")]
    [InlineData("gru1", Gate.ResetGate, "The reset gate of gru1 loses most")]
    [InlineData("gru1", Gate.Candidate, "The candidate of gru1 loses most")]
    [InlineData("gru2", Gate.UpdateGate, "The update gate of gru2 loses most")]
    [InlineData("gru2", Gate.Candidate, "The candidate of gru2 loses most")]
    [InlineData("head", Gate.None, "The weights of head lose most")]
    public void Gate_with_an_outlier_is_named(string layer, Gate gate, string headline)
    {
        QuantizationReport report = Build(SpoiltModels.Gru(layer, gate));
        Assert.Equal((layer, gate), (report.Damage[0].Layer, report.Damage[0].Gate));
        Assert.StartsWith(headline, report.Headline);
        Assert.True(report.Damage[0].ErrorRatio > 10 * report.Damage[1].ErrorRatio, Describe(report));
    }

    [Theory]
    [InlineData(Gate.InputGate)]
    [InlineData(Gate.ForgetGate)]
    [InlineData(Gate.Candidate)]
    [InlineData(Gate.OutputGate)]
    public void Gate_of_an_lstm_with_an_outlier_is_named(Gate gate)
    {
        QuantizationReport report = Build(SpoiltModels.Lstm(gate));
        Assert.Equal(("lstm", gate), (report.Damage[0].Layer, report.Damage[0].Gate));
        IEnumerable<SignalReport> gates = report.Layers[0].Signals.Where(signal => signal.Kind == Signal.GateValue);
        SignalReport worst = gates.MinBy(signal => signal.SignalToNoiseDb)!;
        Assert.Equal(gate, worst.Gate);
    }

    [Fact]
    public void Damage_stands_in_order_and_its_shares_make_a_whole()
    {
        IReadOnlyList<GateDamage> damage = Build(SpoiltModels.Gru()).Damage;
        Assert.Equal(3 + 3 + 1 + 2, damage.Count);
        Assert.Equal(damage.OrderByDescending(part => part.ErrorRatio), damage);
        Assert.Equal(1, damage.Sum(part => part.Share), 9);
        IEnumerable<string> ofModel = damage.Where(part => part.Layer.Length == 0).Select(part => part.Part);
        Assert.Equal(["16-bit arithmetic", "input rounding"], ofModel.Order());
    }

    [Fact]
    public void Parts_alone_explain_the_error_of_the_whole()
    {
        // Roundings are independent of each other, so their powers add up; half to twice is what 400 steps show of it.
        QuantizationReport report = Build(SpoiltModels.Gru());
        Assert.InRange(report.Task.ErrorRatio!.Value / report.Damage.Sum(part => part.ErrorRatio), 0.5, 2);
    }

    [Fact]
    public void Coarse_input_is_named()
    {
        // Three channels of noise of deviation 1 beside one that reaches 1,000,000: one format for all leaves them steps of 32.
        StepArray recording = SpoiltModels.Recording();
        float[] samples = [.. recording.Sequences[0]];
        samples[3] = 1e6f;
        IntegerConverter converter = new(SpoiltModels.Gru(), new StepArray([samples], SpoiltModels.Inputs),
            new CalibrationOptions(RangeMethod.MinMax));
        QuantizationReport report = ReportBuilder.Build(converter, new QuantizationSettings(), _quick);
        Assert.StartsWith("The input rounding loses most", report.Headline);
    }

    [Fact]
    public void Bytes_are_those_of_the_files()
    {
        RecurrentGraph graph = SpoiltModels.Gru();
        IntegerConverter converter = new(graph, SpoiltModels.Recording());
        QuantizationReport report = ReportBuilder.Build(converter, new QuantizationSettings(), _quick);
        byte[] file = converter.Convert(new QuantizationSettings());
        Model integers = Model.Load(file), floats = Model.Load(ErnnWriter.Write(graph));
        Assert.Equal(new SizeReport(floats.WeightBytes, integers.WeightBytes, file.Length), report.Size);
        Assert.Equal(floats.WeightBytes - integers.WeightBytes, report.Size.SavedBytes);
        Assert.Equal(integers.Layers.Select(layer => layer.WeightBytes), report.Layers.Select(layer => layer.StoredBytes));
        Assert.Equal(floats.Layers.Select(layer => layer.WeightBytes), report.Layers.Select(layer => layer.FloatBytes));
    }

    [Fact]
    public void Gates_states_and_outputs_have_ranges_and_formats()
    {
        IReadOnlyList<SignalReport> gru = Build(SpoiltModels.Gru()).Layers[0].Signals;
        Assert.Equal(7, gru.Count);
        SignalReport z = gru.Single(signal => signal is { Kind: Signal.GateValue, Gate: Gate.UpdateGate });
        Assert.Equal((24, 1.0, 400L * SpoiltModels.Units), (z.FractionBits, z.Limit, z.Count));
        Assert.InRange(z.Minimum, 0, z.Maximum);
        Assert.InRange(z.Maximum, z.Minimum, 1);
        SignalReport pre = gru.Single(signal => signal is { Kind: Signal.PreActivation, Gate: Gate.UpdateGate });
        Assert.Equal((null, 16384.0), (pre.FractionBits, pre.Limit));
        SignalReport h = gru.Single(signal => signal.Kind == Signal.Output);
        Assert.Equal(15, h.FractionBits);
        Assert.InRange(h.SignalToNoiseDb!.Value, 20, 70);

        IReadOnlyList<SignalReport> lstm = Build(SpoiltModels.Lstm()).Layers[0].Signals;
        SignalReport c = lstm.Single(signal => signal.Kind == Signal.CellState);
        Assert.Equal((17, 16384.0), (c.FractionBits, c.Limit));
    }

    [Fact]
    public void More_bits_leave_less_noise()
    {
        IntegerConverter converter = new(SpoiltModels.Gru(), SpoiltModels.Recording());
        double Snr(Scheme scheme) => ReportBuilder.Build(converter, new QuantizationSettings { Default = scheme }, _quick)
            .Layers[1].Signals.Single(signal => signal.Kind == Signal.Output).SignalToNoiseDb!.Value;
        double four = Snr(Scheme.W4A16), eight = Snr(Scheme.W8A16), sixteen = Snr(Scheme.W16A16);
        Assert.True(four + 10 < eight && eight + 20 < sixteen, $"{four:0.0}, {eight:0.0}, {sixteen:0.0} dB");
    }

    [Fact]
    public void Values_beyond_their_format_are_counted_and_warned_of()
    {
        RecurrentGraph graph = SpoiltModels.Gru();
        CalibrationOptions narrow = new(RangeMethod.Percentile, 50);
        IntegerConverter converter = new(graph, SpoiltModels.Recording(), narrow);
        QuantizationReport report = ReportBuilder.Build(converter, new QuantizationSettings(), _quick);
        SignalReport output = report.Layers[2].Signals.Single();
        Assert.InRange(output.Saturated, 1, output.Count / 2);
        Assert.Contains(report.Warnings, warning => warning.StartsWith("head: ", StringComparison.Ordinal) &&
            warning.Contains("saturate", StringComparison.Ordinal));
        Assert.Equal(0, Build(graph).Layers[2].Signals.Single().Saturated);
    }

    [Fact]
    public void Proofs_stay_below_the_limit_and_tell_blocks()
    {
        foreach (OverflowProof proof in Build(SpoiltModels.Gru()).Layers.SelectMany(layer => layer.Overflow))
        {
            Assert.InRange(proof.ShareOfLimit, 1e-6, 0.999);
            Assert.Equal(proof.WorstRowBound / Math.Pow(2, 31), proof.ShareOfLimit);
            Assert.True(proof.Blocks >= 1);
        }
    }

    [Fact]
    public void Without_a_recording_noise_is_fed_and_the_report_says_uncalibrated()
    {
        QuantizationReport report = ReportBuilder.Build(new IntegerConverter(SpoiltModels.Gru()),
            new QuantizationSettings(), _quick);
        Assert.True(report.Uncalibrated);
        Assert.Equal(new DataReport(true, 1, 400, 0), report.Data);
        Assert.NotEmpty(report.Warnings);
        Assert.False(Build(SpoiltModels.Gru()).Uncalibrated);
    }

    [Fact]
    public void Steps_with_missing_values_are_left_out_and_counted()
    {
        float[] samples = [.. SpoiltModels.Recording(50).Sequences[0]];
        samples[17] = float.NaN;
        IntegerConverter converter = new(SpoiltModels.Gru(), new StepArray([samples], SpoiltModels.Inputs));
        Assert.Equal(new DataReport(false, null, 49, 1), ReportBuilder.Build(converter, new QuantizationSettings(), _quick).Data);
    }

    [Fact]
    public void Two_reports_of_one_model_are_equal()
    {
        string first = ReportFile.Render(Build(SpoiltModels.Gru()), "a.json");
        Assert.Equal(first, ReportFile.Render(Build(SpoiltModels.Gru()), "b.json"));
    }

    [Fact]
    public void Layer_in_float_has_no_damage_and_no_proof()
    {
        QuantizationSettings settings = new() { Layers = new Dictionary<string, Scheme> { ["gru2"] = Scheme.F32 } };
        QuantizationReport report = ReportBuilder.Build(new IntegerConverter(SpoiltModels.Gru(), SpoiltModels.Recording()),
            settings, _quick);
        Assert.DoesNotContain(report.Damage, part => part.Layer == "gru2");
        Assert.Empty(report.Layers[1].Overflow);
        Assert.Equal(Signal.Output, report.Layers[1].Signals.Single().Kind);
    }

    [Fact]
    public void Windows_decoders_and_every_layer_can_be_reported()
    {
        int reported = 0, gates = 0;
        for (int seed = 0; seed < LongRun.Choose(300, 3_000); seed++)
        {
            if (ReportOfRandom(seed) is not { } report) continue;
            reported++;
            // 16-bit weights leave a few thousandths where values of one moment are compared; values of two moments
            // differ by tenths.
            foreach (SignalReport gate in report.Layers.SelectMany(layer => layer.Signals)
                .Where(signal => signal.Kind == Signal.GateValue))
            {
                gates++;
                Assert.True(gate.MaxError < 0.02, $"seed {seed}: {gate.Gate} is off by {gate.MaxError}");
            }
        }
        Assert.True(reported > 80 && gates > 100, $"{reported} graphs were reported, {gates} gates");
    }

    // Null where the graph has no integer form, or bounds are too wide for a close comparison.
    private static QuantizationReport? ReportOfRandom(int seed)
    {
        try
        {
            QuantizationSettings settings = new() { Default = Scheme.W16A16 };
            ReportOptions options = new() { MaxSteps = 60, DriftSteps = 60, Budget = null };
            IntegerConverter converter = new(RandomGraphs.CreateForIntegers(seed));
            QuantizationReport report = ReportBuilder.Build(converter, settings, options);
            IEnumerable<SignalReport> signals = report.Layers.SelectMany(layer => layer.Signals);
            return signals.Any(signal => signal is { FractionBits: < 9 } or { Saturated: > 0 }) ? null : report;
        }
        catch (ConversionException)
        {
            return null;
        }
    }

    private static QuantizationReport Build(RecurrentGraph graph) =>
        ReportBuilder.Build(new IntegerConverter(graph, SpoiltModels.Recording()), new QuantizationSettings(), _quick);

    private static string Describe(QuantizationReport report) =>
        string.Join("; ", report.Damage.Select(part => $"{part.Layer} {part.Part} {part.ErrorRatio:E1}"));
}

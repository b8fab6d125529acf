using System.Linq;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Report;

namespace EdgeRnn.Tests.Quantize.Report;

public sealed class DriftTests
{
    [Fact]
    public void Every_state_has_a_curve_over_all_steps()
    {
        DriftReport drift = Build(new IntegerConverter(SpoiltModels.Lstm(), SpoiltModels.Recording()), 2_050);
        Assert.Equal((2_050, 21, false, null), (drift.Steps, drift.BucketSteps, drift.IsNoise, drift.Seed));
        Assert.Equal([("lstm", "h"), ("lstm", "c")], drift.Curves.Select(curve => (curve.Layer, curve.State)));
        Assert.All(drift.Curves, curve => Assert.Equal((98, 98), (curve.Arithmetic.Count, curve.Total.Count)));
        Assert.All(drift.Curves, curve => Assert.All(curve.Arithmetic, error => Assert.InRange(error, 1e-9, 0.005)));
    }

    [Fact]
    public void Rounded_weights_drift_more_than_the_arithmetic_alone()
    {
        DriftReport drift = Build(new IntegerConverter(SpoiltModels.Gru("gru1", Gate.UpdateGate), SpoiltModels.Recording()), 500);
        Assert.Equal([("gru1", "h"), ("gru2", "h")], drift.Curves.Select(curve => (curve.Layer, curve.State)));
        DriftCurve first = drift.Curves[0];
        // 1e-4: three steps of a 16-bit value; the update gate is off by tenths.
        Assert.True(first.Arithmetic.Max() < 1e-4, $"arithmetic {first.Arithmetic.Max()}");
        Assert.True(first.Total.Max() > 100 * first.Arithmetic.Max(),
            $"arithmetic {first.Arithmetic.Max()}, total {first.Total.Max()}");
    }

    [Fact]
    public void Without_a_recording_noise_of_a_known_seed_is_fed()
    {
        DriftReport drift = Build(new IntegerConverter(SpoiltModels.Gru()), 100);
        Assert.Equal((true, 1), (drift.IsNoise, drift.Seed));
    }

    [Fact]
    public void Model_without_states_has_no_drift()
    {
        IntegerConverter converter = new(ReportModels.Dense("flat"));
        ReportOptions options = new() { MaxSteps = 50, Budget = null };
        Assert.Null(ReportBuilder.Build(converter, new QuantizationSettings(), options).Drift);
    }

    private static DriftReport Build(IntegerConverter converter, int steps)
    {
        ReportOptions options = new() { MaxSteps = 10, DriftSteps = steps, Budget = null };
        return ReportBuilder.Build(converter, new QuantizationSettings(), options).Drift!;
    }
}

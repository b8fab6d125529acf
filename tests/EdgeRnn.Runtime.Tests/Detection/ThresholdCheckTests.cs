using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

/// <summary>Settings of thresholds that are refused, each beside the nearest that are not.</summary>
public sealed class ThresholdCheckTests
{
    [Theory]
    [InlineData(ThresholdMethod.Spot, "Level", 0.5, 0.49)]
    [InlineData(ThresholdMethod.Spot, "Level", 0.9999, 0.99995)]
    [InlineData(ThresholdMethod.Spot, "Risk", 1e-9, 0.0)]
    [InlineData(ThresholdMethod.Spot, "Risk", 0.0099, 0.011)]
    [InlineData(ThresholdMethod.Spot, "ThresholdSteps", 25_400, 25_700)]
    [InlineData(ThresholdMethod.DriftSpot, "History", 2, 1)]
    [InlineData(ThresholdMethod.DriftSpot, "History", 498, 499)]
    [InlineData(ThresholdMethod.DriftSpot, "ThresholdSteps", 25_464, 25_764)]
    [InlineData(ThresholdMethod.Dynamic, "History", 4096, 4097)]
    [InlineData(ThresholdMethod.Dynamic, "Level", 100, 101)]
    [InlineData(ThresholdMethod.Dynamic, "Pruning", 1, 1.01)]
    [InlineData(ThresholdMethod.Dynamic, "Pruning", 0, double.NaN)]
    [InlineData(ThresholdMethod.Quantile, "ThresholdSteps", 102_000, 103_000)]
    [InlineData(ThresholdMethod.Quantile, "Level", 1, 1.01)]
    [InlineData(ThresholdMethod.Sigma, "Level", 1000, 1001)]
    [InlineData(ThresholdMethod.Fixed, "Level", 16_383, 16_384)]
    public void A_setting_is_accepted_up_to_its_bound(ThresholdMethod method, string setting, double accepted, double refused)
    {
        Model model = Specimens.Load("gru reset after");
        DetectorChecks.Check(Settings(method, setting, accepted), model);
        ModelException error = Assert.Throws<ModelException>(() => DetectorChecks.Check(Settings(method, setting, refused), model));
        Assert.Equal(ModelErrorCode.BadValue, error.Code);
        string named = setting == "ThresholdSteps" ? "(1 - Level)" : method == ThresholdMethod.DriftSpot && refused > 400 ? "ThresholdSteps" : setting;
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private static DetectorSettings Settings(ThresholdMethod method, string setting, double value)
    {
        DetectorSettings settings = new() { Kind = ScoreKind.Level, Threshold = method };
        switch (setting)
        {
            case "Level": settings.Level = (float)value; settings.Risk = 1e-6f; settings.ThresholdSteps = 100; break;
            case "Risk": settings.Risk = (float)value; break;
            case "ThresholdSteps": settings.ThresholdSteps = (int)value; break;
            case "History": settings.History = (int)value; break;
            default: settings.Pruning = (float)value; break;
        }
        return settings;
    }
}

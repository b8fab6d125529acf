using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

/// <summary>A threshold alone, in a memory of its own.</summary>
internal sealed class ThresholdRun
{
    private readonly Threshold _threshold;

    public ThresholdRun(DetectorSettings settings)
    {
        Memory = new DetectorMemory();
        _threshold = settings.Threshold switch
        {
            ThresholdMethod.Fixed => new FixedThreshold(Memory, settings),
            ThresholdMethod.Quantile => new QuantileThreshold(Memory, settings),
            ThresholdMethod.Sigma => new SigmaThreshold(Memory, settings),
            ThresholdMethod.Spot => new SpotThreshold(Memory, settings),
            ThresholdMethod.DriftSpot => new DriftSpotThreshold(Memory, settings),
            _ => new DynamicThreshold(Memory, settings),
        };
        Memory.Allocate();
    }

    public DetectorMemory Memory { get; }

    public int Value => _threshold.Value;

    /// <summary>The threshold in standard units.</summary>
    public double Level => (double)Value / FixedScore.One;

    public bool IsSound => _threshold.IsSound();

    public static int Fixed(double score) => FixedScore.Of(score);

    public void Learn(int score) => _threshold.Learn(score);

    public void Finish() => _threshold.Finish();

    public bool Exceeds(int score, bool mayLearn = true) => _threshold.Exceeds(score, mayLearn);

    public bool Exceeds(double score, bool mayLearn = true) => _threshold.Exceeds(FixedScore.Of(score), mayLearn);

    /// <summary>Learns as many scores as the settings say.</summary>
    public static ThresholdRun Learnt(DetectorSettings settings, Func<int, double> score)
    {
        ThresholdRun run = new(settings);
        for (int i = 0; i < settings.ThresholdSteps; i++) run.Learn(FixedScore.Of(score(i)));
        run.Finish();
        return run;
    }

    /// <summary>Settings with a factor of 1, nothing adapting.</summary>
    public static DetectorSettings Settings(ThresholdMethod method, double level, int steps) => new()
    {
        Threshold = method,
        Level = (float)level,
        ThresholdSteps = steps,
        Factor = 1,
    };
}

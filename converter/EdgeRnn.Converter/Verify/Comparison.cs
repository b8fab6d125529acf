using System;

namespace EdgeRnn.Converter.Verify;

/// <summary>How far a model's answers are from a reference.</summary>
public sealed class Comparison
{
    private Comparison(Answers answers, ErrorMetric metric, double tolerance)
    {
        Metric = metric;
        Tolerance = tolerance;
        AnsweredRows = answers.Steps.Count * answers.FramesPerAnswer * answers.Sequences.Count;
    }

    /// <summary>The figure that decides.</summary>
    public ErrorMetric Metric { get; }

    /// <summary>The largest value of it that passes.</summary>
    public double Tolerance { get; }

    /// <summary>The largest |found - expected|; infinite where one of them is not a number and the other is.</summary>
    public double MaxError { get; private set; }

    /// <summary>The root of the mean squared difference.</summary>
    public double RmsError { get; private set; }

    /// <summary>Sum (found - expected)^2 / sum expected^2; infinite when the reference is zero and the answers are not.</summary>
    public double Esr { get; private set; }

    /// <summary>Rows compared, over all sequences.</summary>
    public int ComparedRows { get; private set; }

    /// <summary>Rows the model answered, over all sequences.</summary>
    public int AnsweredRows { get; }

    /// <summary>Whether the deciding figure is within the tolerance.</summary>
    public bool Passed { get; private set; }

    /// <summary>With <see cref="ErrorMetric.Max"/>: the first value outside the tolerance; null when there is none.</summary>
    public BadStep? FirstBad { get; private set; }

    /// <summary>The value with the largest error; null when all are equal.</summary>
    public BadStep? Worst { get; private set; }

    /// <summary>Compares.</summary>
    /// <param name="answers">What the model answered.</param>
    /// <param name="expected">The reference, lined up with it.</param>
    /// <param name="metric">The figure that decides.</param>
    /// <param name="tolerance">The largest value of it that passes.</param>
    /// <param name="relative">With <see cref="ErrorMetric.Max"/>: allowed in addition, as a fraction of |expected|.</param>
    public static Comparison Of(Answers answers, ExpectedAnswers expected, ErrorMetric metric, double tolerance,
        double relative = 0)
    {
        Comparison comparison = new(answers, metric, tolerance);
        double squares = 0, energy = 0;
        long values = 0;
        for (int sequence = 0; sequence < answers.Sequences.Count; sequence++)
        {
            for (int row = 0; row < expected.FoundFrames.Count; row++)
            {
                int foundFrame = expected.FoundFrames[row];
                for (int feature = 0; feature < answers.FrameSize; feature++)
                {
                    float reference = expected.Sequences[sequence][expected.ExpectedFrames[row] * answers.FrameSize + feature];
                    float found = answers.Sequences[sequence][foundFrame * answers.FrameSize + feature];
                    double error = Difference(reference, found);
                    squares += error * error;
                    if (float.IsFinite(reference)) energy += (double)reference * reference;
                    values++;
                    bool worse = error > comparison.MaxError;
                    bool bad = metric == ErrorMetric.Max && error > tolerance + relative * Math.Abs(reference);
                    if (!worse && (!bad || comparison.FirstBad != null)) continue;
                    BadStep here = new(sequence, answers.Steps[foundFrame / answers.FramesPerAnswer],
                        foundFrame % answers.FramesPerAnswer, feature, reference, found);
                    if (bad) comparison.FirstBad ??= here;
                    if (worse) (comparison.Worst, comparison.MaxError) = (here, error);
                }
            }
        }
        comparison.ComparedRows = expected.FoundFrames.Count * answers.Sequences.Count;
        comparison.Finish(squares, energy, values);
        return comparison;
    }

    private void Finish(double squares, double energy, long values)
    {
        RmsError = Math.Sqrt(squares / values);
        Esr = squares == 0 ? 0 : squares / energy;
        Passed = Metric switch
        {
            ErrorMetric.Rms => RmsError <= Tolerance,
            ErrorMetric.Esr => Esr <= Tolerance,
            _ => FirstBad == null,
        };
    }

    // Missing on both sides is agreement, on one side an error larger than any other; so are infinities of other signs.
    private static double Difference(float expected, float found)
    {
        if (expected.Equals(found)) return 0;
        double error = Math.Abs((double)found - expected);
        return double.IsNaN(error) ? double.PositiveInfinity : error;
    }
}

using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Verify;

/// <summary>
/// Measures after how many steps a model's answers do not depend any more on the state it started from. Sessions that have read other
/// things, pieces of the recording from elsewhere and extremes, are fed the same input as one that was just reset; they have forgotten
/// at the step from which on no answer differs. The longest time over several places of the input counts.
/// </summary>
public static class WarmUp
{
    /// <summary>The longest warm-up that is looked for, in steps.</summary>
    public const int MaxSteps = 4096;

    /// <summary>
    /// The largest difference between two answers that counts as none, in standard deviations of that feature over the input. A score adds
    /// errors of the size of such deviations; a hundredth of one moves it by less than the noise of any forecast.
    /// </summary>
    public const double Tolerance = 0.01;

    private const int Places = 3;
    private const int LeastSteps = 64;            // compared in any case
    private const double LeastSpread = 0.1;       // of the largest: a feature that hardly moves is not held to a hundredth of nothing
    private const long CostBudget = 1L << 32;     // about a second of a desktop core

    /// <summary>Measures. The same model and recording give the same result.</summary>
    /// <param name="model">The model.</param>
    /// <param name="recording">Raw input as the sensors give it, [steps, inputSize]; steps with missing values are left out. Null, or a
    /// recording too short for anything to be seen: seeded noise.</param>
    public static WarmUpResult Measure(Model model, StepArray? recording = null)
    {
        int period = PeriodOf(model), least = LeastOf(model);
        if (!HasMemory(model)) return new WarmUpResult(least, true, 0, recording != null);
        long costPerStep = Math.Max(1, model.CostOf(period) / period);
        const int sessions = Places * (1 + WarmUpInput.Histories);
        if (2L * least * sessions * costPerStep > CostBudget) return new WarmUpResult(least, false, 0, recording != null);
        int limit = (int)Math.Clamp(CostBudget / (2 * sessions * costPerStep), Math.Max(LeastSteps, 2L * least), 2 * MaxSteps + 2L * least);
        int history = (Math.Min(limit / 2, 4 * LeastSteps + least) + period - 1) / period * period;
        WarmUpInput input = new(model, recording, limit, history);
        double[] tolerances = TolerancesOf(model, input);

        int steps = 0;
        for (int place = 0; place < Places; place++)
            steps = Math.Max(steps, StepsOf(model, input, place, Math.Max(LeastSteps, 2 * least), limit, tolerances));
        int longest = Math.Max(least, limit / 2);
        return new WarmUpResult(Math.Clamp(steps, least, longest), steps <= longest, tolerances.Max(), input.IsRecorded);
    }

    // Steps after which the answers of all sessions agree. Agreement has to last as long again.
    private static int StepsOf(Model model, WarmUpInput input, int place, int compared, int limit, double[] tolerances)
    {
        Session reference = new(model);
        Session[] others = [.. Enumerable.Range(0, WarmUpInput.Histories).Select(kind => input.Disturbed(place, kind))];
        float[] expected = new float[model.OutputSize], found = new float[model.OutputSize];
        int steps = 0;
        for (int step = 0; step < Math.Min(limit, Math.Max(compared, 2 * steps)); step++)
        {
            float[] row = input.RowAt(place, step);
            int status = reference.Step(row, 0, expected, 0);
            foreach (Session other in others)
            {
                int otherStatus = other.Step(row, 0, found, 0);
                bool answers = (status & StepStatus.OutputReady) != 0, alsoAnswers = (otherStatus & StepStatus.OutputReady) != 0;
                if (answers != alsoAnswers || (answers && Differ(expected, found, tolerances))) steps = step + 1;
            }
        }
        return steps;
    }

    // A NaN differs from everything, itself too.
    private static bool Differ(float[] expected, float[] found, double[] tolerances)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs((double)expected[i] - found[i]) <= tolerances[i % tolerances.Length])) return true;
        }
        return false;
    }

    // Of each feature of a frame: a hundredth of its deviation, of integers at least one unit.
    private static double[] TolerancesOf(Model model, WarmUpInput input)
    {
        double[] sums = new double[model.FrameSize], squares = new double[model.FrameSize];
        double largest = 0;
        int frames = 0;
        for (int place = 0; place < Places; place++)
        {
            Session session = new(model);
            float[] answer = new float[model.OutputSize];
            for (int step = 0; step < input.HistorySteps; step++)
            {
                if ((session.Step(input.RowAt(place, step), 0, answer, 0) & StepStatus.OutputReady) == 0) continue;
                for (int i = 0; i < answer.Length; i++)
                {
                    sums[i % sums.Length] += answer[i];
                    squares[i % sums.Length] += (double)answer[i] * answer[i];
                    largest = Math.Max(largest, Math.Abs(answer[i]));
                }
                frames += model.FramesPerAnswer;
            }
        }
        double[] spreads = [.. sums.Select((sum, i) => frames == 0 ? 0 : Math.Sqrt(Math.Max(0,
            squares[i] / frames - sum / frames * (sum / frames))))];
        // Where answers are constant the rounding of floats is still allowed.
        double least = Math.Max(LeastSpread * spreads.Max(), 1e-4 * largest);
        return [.. spreads.Select((spread, i) => Math.Max(Tolerance * Math.Max(spread, least),
            model.IsQuantized ? Math.ScaleB(1, -model.OutputFractionBits(i)) : 1e-9))];
    }

    // Windows that start anew leave nothing behind but what LeastOf says; other models do where they keep a state.
    private static bool HasMemory(Model model) => model.Window is { } window ? window.WindowLength == 0 || window.CarriesState
        : model.Plan.SavedInts + model.Plan.SavedFloats > 0;

    /// <summary>Steps after which windows and strides stand where they stood: answers come at the same steps again.</summary>
    internal static int PeriodOf(Model model)
    {
        long hop = model.Window == null ? 1 : model.Window.Hop, stride = model.Main.OutputPeriod;
        return (int)Math.Min(hop / Gcd(hop, stride) * stride, 1 << 20);
    }

    // A window has to be filled, and its decoder to have finished, before an answer speaks of this stream alone.
    private static int LeastOf(Model model)
    {
        if (model.Window is not { } window) return 0;
        int ticks = window.DecoderStepsPerTick == 0 ? 0 : (window.DecoderSteps - 1) / window.DecoderStepsPerTick;
        return window.WindowLength + ticks;
    }

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
}

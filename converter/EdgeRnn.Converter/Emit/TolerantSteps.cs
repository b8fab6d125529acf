using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Emit;

/// <summary>
/// Golden steps of a model that computes in float, all or in part. Runtimes differ in the last bits; how much of that reaches an
/// answer depends on the model, so it is measured: the same steps with the input off by about as much.
/// </summary>
internal static class TolerantSteps
{
    private const int NumberBytes = 4;
    private const int CheckBytes = 4 + 1 + 4; // step, status, count
    private const int Seed = 20260312;
    private const double InputShare = 1.0 / (1 << 20); // a few roundings of a float
    private const double AnswerShare = 2e-5;           // twice what vector and portable code may differ by
    private const double MeasuredTimes = 8;
    private const double AnswerUnits = 2;              // of a quantized answer

    /// <summary>The payload of section gold, or null where no answer is finite.</summary>
    public static byte[]? Write(Model model, float[][]? rows, int budget)
    {
        GoldenInput input = new(model, rows, budget / 2 / NumberBytes);
        GoldenPlan plan = GoldenPlan.Of(model, Runner(model, input.Numbers, new float[model.OutputSize], (x, _) => x));
        if (plan.Answers.Count == 0) return null;
        int left = budget - GoldenHeader.Bytes - NumberBytes * input.Numbers.Length;
        int answerSize = Math.Clamp((left / plan.Answers.Count - CheckBytes) / NumberBytes, 1, model.OutputSize);

        List<Check> checks = Run(model, input, plan, answerSize);
        if (checks.Count == 0) return null;
        double tolerance = Math.Max(MeasuredTimes * checks.Max(check => check.Difference),
            AnswerShare * Math.Max(1, checks.Max(check => check.Answer.Max(Math.Abs))));
        if (model.IsQuantized) tolerance = Math.Max(tolerance, AnswerUnits * model.OutputScales.Max());
        if (!(tolerance < float.MaxValue)) return null;

        ByteWriter writer = new();
        int stepCount = checks[^1].Step + 1;
        GoldenHeader.Write(writer, GoldenSection.WithTolerance, (float)tolerance, stepCount, input.Numbers.Length, checks.Count);
        writer.Singles(input.Numbers);
        foreach (Check check in checks)
        {
            writer.Int32(check.Step);
            writer.Byte(check.Status);
            writer.Int32(answerSize);
            writer.Singles(check.Answer);
        }
        return writer.ToArray();
    }

    // The compared steps whose answers are finite, also with the input a little off.
    private static List<Check> Run(Model model, GoldenInput input, GoldenPlan plan, int answerSize)
    {
        float[] answer = new float[model.OutputSize], nearby = new float[model.OutputSize];
        Random random = new(Seed);
        Func<int, int> run = Runner(model, input.Numbers, answer, (x, _) => x);
        Func<int, int> runNearby = Runner(model, input.Numbers, nearby, (x, feature) => Nudge(model, input, x, feature, random));
        List<Check> checks = [];
        for (int step = 0; step <= plan.Answers[^1]; step++)
        {
            int status = run(step) & GoldenSection.ComparedStatus;
            runNearby(step);
            if (!plan.Answers.Contains(step)) continue;
            double difference = answer.Zip(nearby).Max(pair => Math.Abs((double)pair.First - pair.Second));
            if (answer.All(float.IsFinite) && double.IsFinite(difference))
                checks.Add(new Check(step, status, answer[..answerSize], difference));
        }
        return checks;
    }

    // An integer input that is off by half a unit sometimes rounds to the next one: as much as a float layer's last bit can do.
    private static float Nudge(Model model, GoldenInput input, float x, int feature, Random random)
    {
        if (input.IsIndex(feature)) return x;
        double share = 2 * random.NextDouble() - 1;
        if (!model.IsQuantized) return (float)(x * (1 + share * InputShare));
        double unit = model.InputMean == null ? 1 : model.InputInverseScale![feature];
        float nudged = (float)(x + share / (2 * model.InputScale * unit));
        return float.IsFinite(nudged) ? nudged : x;
    }

    private static Func<int, int> Runner(Model model, float[] numbers, float[] answer, Func<float, int, float> change)
    {
        Session session = new(model);
        float[] input = new float[model.InputSize];
        return step =>
        {
            long first = (long)step * input.Length;
            for (int i = 0; i < input.Length; i++) input[i] = change(numbers[(first + i) % numbers.Length], i);
            return session.Step(input, 0, answer, 0);
        };
    }

    private readonly record struct Check(int Step, int Status, float[] Answer, double Difference);
}

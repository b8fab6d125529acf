using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Emit;

/// <summary>Golden steps of an integer model: every path of every runtime gives these bits, answers and state.</summary>
internal static class ExactSteps
{
    private const int NumberBytes = 2;
    private const int CheckBytes = 4 + 1 + 4 + 4 + 4; // step, status, count, two checksums

    /// <summary>The payload of section gold.</summary>
    public static byte[] Write(Model model, float[][]? rows, int budget)
    {
        short[] numbers = new GoldenInput(model, rows, budget / 2 / NumberBytes).ToIntegers();
        GoldenPlan plan = GoldenPlan.Of(model, Runner(new Session(model), numbers, new short[model.OutputSize]));
        // The last step checks the state behind all of them, whether it answers or not.
        List<int> checks = [.. plan.Answers.Append(plan.StepCount - 1).Distinct()];
        int left = budget - GoldenHeader.Bytes - NumberBytes * numbers.Length;
        int answerSize = Math.Clamp((left / checks.Count - CheckBytes) / NumberBytes, 1, model.OutputSize);

        ByteWriter writer = new();
        GoldenHeader.Write(writer, GoldenSection.Exact, 0, plan.StepCount, numbers.Length, checks.Count);
        foreach (short number in numbers) writer.UInt16((ushort)number);
        short[] answer = new short[model.OutputSize];
        Session session = new(model);
        Func<int, int> run = Runner(session, numbers, answer);
        for (int step = 0; step < plan.StepCount; step++)
        {
            int status = run(step) & GoldenSection.ComparedStatus;
            if (checks.Contains(step)) WriteCheck(writer, step, status, answer, answerSize, session.StateChecksum());
        }
        return writer.ToArray();
    }

    private static void WriteCheck(ByteWriter writer, int step, int status, short[] answer, int answerSize, uint state)
    {
        bool answers = (status & StepStatus.OutputReady) != 0;
        writer.Int32(step);
        writer.Byte(status);
        writer.Int32(answers ? answerSize : 0);
        foreach (short number in answer.Take(answers ? answerSize : 0)) writer.UInt16((ushort)number);
        writer.Int32(answers ? (int)SelfTest.ChecksumOf(answer) : 0);
        writer.Int32((int)state);
    }

    private static Func<int, int> Runner(Session session, short[] numbers, short[] answer)
    {
        short[] input = new short[session.Model.InputSize];
        return step =>
        {
            for (int i = 0; i < input.Length; i++) input[i] = numbers[((long)step * input.Length + i) % numbers.Length];
            return session.StepQuantized(input, 0, answer, 0);
        };
    }
}

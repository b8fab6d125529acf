using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Emit;

/// <summary>How many golden steps a model gets, and which of them are compared.</summary>
/// <param name="StepCount">Steps after Reset.</param>
/// <param name="Answers">The compared steps that answer, ascending: the first, the last, and some between.</param>
internal sealed record GoldenPlan(int StepCount, IReadOnlyList<int> Answers)
{
    private const int UsualSteps = 32;
    private const int WantedAnswers = 2;
    private const int MaxChecks = 8;

    // A tenth of a second of a desktop core. Only the first answer is worth more.
    private const long CheapCost = 1L << 28;

    /// <summary>
    /// Runs the model until it has taken 32 steps and answered twice; windows and strides make that more steps, costly models
    /// fewer. A model that does not answer within <see cref="ModelLimits.MaxGoldenCost"/> gets the usual steps without an answer.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="step">Takes the step of a number, from 0; returns its status.</param>
    public static GoldenPlan Of(Model model, Func<int, int> step)
    {
        List<int> answers = [];
        int taken = 0;
        for (; taken < UsualSteps || answers.Count < WantedAnswers; taken++)
        {
            long cost = taken < ModelLimits.MaxGoldenSteps ? model.CostOf(taken + 1) : long.MaxValue;
            if (cost > ModelLimits.MaxGoldenCost || (cost > CheapCost && answers.Count > 0)) break;
            if ((step(taken) & StepStatus.OutputReady) != 0) answers.Add(taken);
        }
        return answers.Count > 0 ? new GoldenPlan(taken, Spread(answers)) : new GoldenPlan(Math.Min(taken, UsualSteps), []);
    }

    private static IReadOnlyList<int> Spread(List<int> answers)
    {
        int count = Math.Min(answers.Count, MaxChecks);
        return [.. Enumerable.Range(0, count).Select(i => answers[count == 1 ? 0 : i * (answers.Count - 1) / (count - 1)])];
    }
}

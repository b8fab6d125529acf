using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Cli.Output;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Simulate;

/// <summary>What came of a simulation, for people and as a document.</summary>
internal static class SimulationText
{
    /// <summary>Writes verdicts and a summary.</summary>
    /// <param name="report">Where to.</param>
    /// <param name="simulation">What ran.</param>
    /// <param name="computing">How long that took.</param>
    /// <param name="events">What happened, for the document.</param>
    /// <param name="difference">The first difference from another trace; null: none.</param>
    /// <param name="comparedWith">That trace; null: none.</param>
    public static void Write(Report report, Simulation simulation, TimeSpan computing, IReadOnlyList<object> events, string? difference,
        string? comparedWith)
    {
        IReadOnlyList<Verdict> verdicts = simulation.Verdicts;
        foreach (Verdict verdict in verdicts)
            report.Line(OneLine.Of($"{verdict.Text}: {Word(verdict.Met)}{(verdict.Why.Length == 0 ? "" : $", {verdict.Why}")}"));
        if (comparedWith != null)
            report.Line(OneLine.Of($"{comparedWith}: {(difference == null ? "the same" : $"differs, {difference}")}"));
        SimulationTotals totals = simulation.Totals;
        double seconds = simulation.NowMicros / 1e6, took = computing.TotalSeconds;
        string alarms = totals.Alarms == 1 ? "1 alarm" : $"{totals.Alarms} alarms";
        double late = totals.WorstLateMicros / 1000.0;
        report.Line(string.Create(CultureInfo.InvariantCulture,
            $"{seconds:0.#} s of device time in {took:0.00} s of computing ({seconds / Math.Max(took, 1e-3):0} times as fast)"));
        report.Line(string.Create(CultureInfo.InvariantCulture,
            $"{totals.Samples} samples, {totals.MissingSamples} missing, {alarms}, latest turn {late:0.###} ms late"));
        report.Document(new
        {
            title = simulation.Scenario.Title,
            scenario = simulation.Scenario.FileName,
            seed = simulation.Seed,
            simulated = true,
            events,
            verdicts = verdicts.Select(verdict => new { text = verdict.Text, met = verdict.Met, why = verdict.Why }),
            comparison = comparedWith == null ? null : new { file = comparedWith, difference },
            deviceSeconds = seconds,
            computingSeconds = took,
            samples = totals.Samples,
            missingSamples = totals.MissingSamples,
            lateTicks = totals.LateTicks,
            sensorRestarts = totals.SensorRestarts,
            powerLosses = totals.PowerLosses,
            alarms = totals.Alarms,
            worstLateMicros = totals.WorstLateMicros,
        });
    }

    private static string Word(bool? met) => met switch { true => "met", false => "NOT MET", null => "not decided" };
}

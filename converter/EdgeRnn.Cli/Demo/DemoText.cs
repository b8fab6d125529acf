using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Boards;
using EdgeRnn.Simulator;
using Quantity = EdgeRnn.Cli.Output.Quantity;

namespace EdgeRnn.Cli.Demo;

/// <summary>The demo's result for someone who knows sensors and no machine learning.</summary>
internal static class DemoText
{
    private const int _longestBar = 48;
    private const int _thresholdBar = 16; // marks of a bar that reaches the threshold

    /// <summary>Writes it.</summary>
    /// <param name="report">Where to.</param>
    /// <param name="result">What the demo found.</param>
    public static void Write(Report report, DemoResult result)
    {
        WriteHeading(report);
        WriteModel(report, result);
        WriteBoards(report, result);
        WriteChart(report, result);
        WriteOutcome(report, result);
        report.Document(result);
    }

    private static void WriteHeading(Report report)
    {
        report.Line("A pump watched by an accelerometer, and a small network that forecasts the next sample. It has seen normal");
        report.Line("operation only: when its forecasts become bad, something has changed. The pump, the sensor's registers, the pins");
        report.Line("and the clock are SIMULATED; the program between them is the one that runs on a device.");
        report.Line();
    }

    private static void WriteModel(Report report, DemoResult result)
    {
        ModelReport model = result.Model;
        IEnumerable<string> layers = model.Layers.Select(layer => $"{layer.Kind} {layer.InputSize} -> {layer.OutputSize}");
        report.Line($"convert   {DemoFiles.Weights} (PyTorch, {Quantity.Bytes(result.SourceBytes)}) -> {DemoFiles.Model} " +
            $"({Quantity.Bytes(model.FileBytes)}): {string.Join(", then ", layers)}, 8-bit weights, no float in a step");
        report.Line($"verify    {Quantity.Count(result.ComparedSteps)} steps against PyTorch's own answers: in float the largest " +
            $"difference is {Quantity.Error(result.AsFloat.Found)} ({Allowed(result.AsFloat)})");
        report.Line($"          in 8 bits the error has {Quantity.Error(result.AsIntegers.Found)} of the answers' power " +
            $"({Allowed(result.AsIntegers)}); golden steps replayed: {(result.GoldenStepsPassed ? "passed" : "FAILED")}");
        report.Line($"memory    {Quantity.Bytes(model.StateBytes)} of state and {Quantity.Bytes(model.ScratchBytes)} of scratch " +
            "for the network, however long it runs");
        report.Line($"speed     {Quantity.Duration(result.Timing.MedianNs)} per step of the network on this computer (median), " +
            $"{result.Timing.AllocatedBytes} bytes allocated; a sample comes every {Quantity.Duration(1e9 / result.RateHz)}");
    }

    private static void WriteBoards(Report report, DemoResult result)
    {
        WriteFit("boards    fits at", Fit.Fits);
        WriteFit("          tight at", Fit.Tight);
        WriteFit("          does not fit at", Fit.DoesNotFit);
        report.Line("          (estimates: the costliest step, network and detector; `edgernn inspect FILE --board NAME` has the reasons)");
        report.Line();

        void WriteFit(string words, Fit fit)
        {
            string[] names = [.. result.Boards.Where(board => board.Verdict == fit)
                .Select(board => $"{board.Id} {Milliseconds(board.WorstStepSeconds)}")];
            if (names.Length > 0) report.Line($"{words} {Quantity.Fixed(result.RateHz, 0)} Hz: {string.Join(", ", names)}");
        }
    }

    private static void WriteChart(Report report, DemoResult result)
    {
        report.Line(OneLine.Of($"simulate  {result.Scenario}, {Quantity.Fixed(result.DurationSeconds, 0)} s, seed {result.Seed}; " +
            "the score, and | where the threshold is"));
        foreach (DemoSpan span in result.Chart)
        {
            double share = result.Threshold > 0 ? span.MeanScore / result.Threshold : 0;
            int marks = (int)Math.Round(Math.Min(share * _thresholdBar, _longestBar));
            string bar = new string('#', marks).PadRight(_thresholdBar + 1);
            if (marks <= _thresholdBar) bar = bar[.._thresholdBar] + "|";
            string events = span.Events.Count == 0 ? "" : $"  <- {string.Join("; ", span.Events)}";
            report.Line(OneLine.Of($"{span.StartS,7:0} s  {bar}{events}"));
        }
        report.Line();
    }

    private static void WriteOutcome(Report report, DemoResult result)
    {
        string fault = $"the bearing began to fail at {Quantity.Fixed(result.FaultSeconds, 2)} s";
        string alarm = result.AlarmSeconds is { } at
            ? $"the alarm came at {Quantity.Fixed(at, 2)} s, {Quantity.Fixed(at - result.FaultSeconds, 2)} s later" : "NO ALARM CAME";
        string pin = result is { AlarmPin: { } number, PinSeconds: { } on }
            ? $"; pin {number} went on at {Quantity.Fixed(on, 2)} s" : "";
        report.Line($"result    {fault}; {alarm}{pin}");
        foreach (Verdict verdict in result.Verdicts)
            report.Line(OneLine.Of($"          {verdict.Text}: {(verdict.Met == true ? "met" : "NOT MET")}, {verdict.Why}"));
        report.Line();
    }

    private static string Milliseconds(double seconds) => $"{Quantity.Fixed(1e3 * seconds, seconds < 1e-3 ? 3 : 1)} ms";

    private static string Allowed(DemoAgreement agreement) =>
        $"allowed {Quantity.Error(agreement.Allowed)}: {(agreement.Passed ? "passed" : "FAILED")}";
}

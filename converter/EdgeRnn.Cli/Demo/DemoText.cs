using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Detect;

namespace EdgeRnn.Cli.Demo;

/// <summary>The demo's result for someone who knows sensors and no machine learning.</summary>
internal static class DemoText
{
    private const int _longestBar = 56;
    private const double _perMark = 0.04; // standard deviations one mark of a bar stands for

    /// <summary>Writes it.</summary>
    /// <param name="report">Where to.</param>
    /// <param name="result">What the demo found.</param>
    /// <param name="folder">Where the files were kept, or null.</param>
    public static void Write(Report report, DemoResult result, string? folder)
    {
        WriteHeading(report, result);
        WriteFigures(report, result);
        WriteChart(report, result);
        WriteAlarms(report, result);
        WriteNextSteps(report, folder);
        report.Document(result);
    }

    private static void WriteHeading(Report report, DemoResult result)
    {
        double fault = result.Segments[^2].StartS, stop = result.Segments[^1].StartS, seconds = result.Steps / result.RateHz;
        report.Line("A pump watched by an accelerometer and a thermometer, and a small network that forecasts the next sample.");
        report.Line("The network has seen normal operation only. While the pump runs normally its forecasts are good;");
        report.Line("when they become bad, something has changed.");
        report.Line();
        report.Line("The stream is SYNTHETIC: computed by make_demo.py, not recorded from a machine. It holds vibration");
        report.Line($"on three axes (g) and temperature (degC), {seconds:0} s at {result.RateHz:0} Hz, with a bearing-like " +
            $"fault from {fault:0} s and a stop at {stop:0} s.");
        report.Line();
    }

    private static void WriteFigures(Report report, DemoResult result)
    {
        ModelReport model = result.Model;
        IEnumerable<string> layers = model.Layers.Select(layer => $"{layer.Kind} {layer.InputSize} -> {layer.OutputSize}");
        string source = Quantity.Bytes(result.SourceBytes), converted = Quantity.Bytes(model.FileBytes);
        string macs = ModelText.Operations(model.MacsPerStep), budget = Quantity.Duration(1e9 / result.RateHz);
        string error = Quantity.Error(result.MaxError), allowed = Quantity.Error(result.Tolerance);
        report.Line($"convert  {DemoFiles.Weights} (PyTorch, {source}) -> {DemoFiles.Model} ({converted})");
        report.Line($"         {string.Join(", then ", layers)}; {Quantity.Count(model.Parameters)} parameters, " +
            $"{macs} multiply-accumulates per step");
        report.Line($"         RAM per stream: {Quantity.Bytes(model.StateBytes)} of state, " +
            $"{Quantity.Bytes(model.ScratchBytes)} of scratch, however long it runs");
        report.Line($"verify   {Quantity.Count(result.Steps)} steps against PyTorch's own answers: largest difference {error} " +
            $"(allowed {allowed}): {(result.Verified ? "passed" : "FAILED")}");
        report.Line($"speed    {Quantity.Duration(result.Timing.MedianNs)} per step on this machine (median), " +
            $"{result.Timing.AllocatedBytes} bytes allocated; a sample comes every {budget}");
        report.Line();
    }

    private static void WriteChart(Report report, DemoResult result)
    {
        report.Line("forecast error over time, in standard deviations of normal operation");
        string segment = "";
        foreach (ErrorSpan span in result.Chart)
        {
            int marks = Math.Clamp((int)Math.Round(span.Mean / _perMark), 1, _longestBar);
            string begins = span.Segment == segment ? "" : $"  <- {span.Segment}";
            segment = span.Segment;
            report.Line($"{span.StartS,5:0} s {span.Mean,6:0.00} {new string('#', marks)}{begins}");
        }
        report.Line();
        double normal = result.Segments[0].Mean;
        foreach (ErrorSpan span in result.Segments)
        {
            string factor = span.Mean / normal < 1.5 ? "" : $", {Quantity.Fixed(span.Mean / normal, 1)} times normal";
            report.Line($"{span.Segment,-20} {span.StartS,3:0} s to {span.EndS,3:0} s   mean error {span.Mean:0.000}{factor}");
        }
        report.Line("The fault shows as soon as it begins. The stop shows, too: the network never saw a standing, cooling pump.");
        report.Line();
    }

    private static void WriteAlarms(Report report, DemoResult result)
    {
        report.Line("A detector, calibrated on the first part, learns there what is normal and then watches:");
        foreach (AlarmSpan alarm in result.Alarms)
        {
            string end = alarm.IsOver ? $"to {Quantity.Fixed(alarm.End / result.RateHz, 2)} s" : "and still on at the end";
            IEnumerable<string> shares = alarm.Channels.Select(share => $"{share.Name} {Quantity.Fixed(share.Percent, 0)} %");
            report.Line($"alarm at {Quantity.Fixed(alarm.Begin / result.RateHz, 2)} s, {end}: {string.Join(", ", shares)} of the score");
        }
        report.Line();
    }

    private static void WriteNextSteps(Report report, string? folder)
    {
        if (folder == null)
        {
            report.Line("Next: `edgernn demo -o pump` keeps model and data in the folder pump, to try the other verbs on.");
            return;
        }
        report.Line(OneLine.Of($"The files are in {folder}. Next: `edgernn inspect {folder}/pump.ernn --rate 100`"));
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>A report as plain text.</summary>
internal static class TextReport
{
    private const int BarLength = 30;

    public static string Write(QuantizationReport report)
    {
        StringBuilder text = new();
        Line($"Quantization of {report.Model}{(report.Uncalibrated ? "   UNCALIBRATED" : "")}");
        Line(report.Headline);
        Line(Summary.Data(report));
        foreach (string warning in report.Warnings) Line($"warning: {warning}");
        foreach ((string name, string value) in Summary.Figures(report)) Line($"{name,-14}{value}");

        Line();
        Line("Which gate hurts: the error of the answer when one part alone is rounded");
        foreach (GateDamage part in report.Damage)
        {
            string bar = new('#', (int)(BarLength * part.ErrorRatio / report.Damage[0].ErrorRatio));
            string figures = $"{Sentences.Decibels(part.ErrorRatio),10}  {Sentences.Percent(part.Share),12}";
            Line($"  {figures}  {bar,-BarLength}  {NameOf(part)}");
        }
        Section("Layers", ["layer", "kind", "scheme", "float B", "stored B", "saved B"], Summary.Layers(report));
        Section("Signals", Summary.SignalHeadings, Summary.Signals(report));
        Section("Overflow: largest accumulator of any row, below 1 by proof", Summary.OverflowHeadings, Summary.Overflow(report));
        Section("Answers", Summary.OutputHeadings, Summary.Outputs(report));
        if (report.Drift is { } drift)
            Section($"Drift over {Summary.Count(drift.Steps)} steps: largest errors of states", Summary.DriftHeadings,
                Summary.Drift(drift));
        if (report.Suggestion is { } suggestion)
        {
            Line();
            Line(Summary.Suggestion(suggestion));
            Section("Layers raised alone", Summary.ChoiceHeadings, Summary.Choices(suggestion));
        }
        return text.ToString();

        void Line(string line = "") => text.Append(Clean(line)).Append('\n');

        void Section(string title, string[] headings, IEnumerable<string[]> rows)
        {
            string[][] table = [headings, .. rows];
            if (table.Length == 1) return;
            Line();
            Line(title);
            int[] widths = [.. headings.Select((_, column) => table.Max(row => row[column].Length))];
            foreach (string[] row in table)
                Line("  " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    private static string NameOf(GateDamage part) => part.Layer.Length == 0 ? part.Part : $"{part.Layer}: {part.Part}";

    // Names come from files: nothing that moves a cursor.
    private static string Clean(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}

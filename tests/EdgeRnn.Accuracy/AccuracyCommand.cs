using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Accuracy.Report;
using EdgeRnn.Converter;

namespace EdgeRnn.Accuracy;

/// <summary>Measures the models asked for and prints, or writes into the page, what it found.</summary>
/// <param name="sources">Where models and recordings are.</param>
/// <param name="quantizer">What makes the quantized files.</param>
/// <param name="output">Takes the table or the JSON document.</param>
/// <param name="error">Takes one line per problem.</param>
public sealed class AccuracyCommand(Sources sources, IModelQuantizer quantizer, TextWriter output, TextWriter error)
{
    public const int Met = 0, Failed = 1, Missed = 2;

    /// <summary>Returns 0, 1 when nothing could be measured, or 2 when a target was missed.</summary>
    public int Run(IReadOnlyList<string> args)
    {
        try
        {
            AccuracyOptions options = AccuracyOptions.Parse(args);
            AccuracyRun run = new(sources, quantizer, options.Scheme);
            List<TaskResult> results = [.. options.Tasks.Select(task => task.Measure(run))];
            if (options.Json) output.WriteLine(AccuracyJson.Write(options.Scheme, results));
            else output.Write(AccuracyTable.Write(options.Scheme, results));
            if (options.Write) NumericsPage.Write(NumericsPage.DefaultPath, AccuracyTable.Write(options.Scheme, results));
            return ReportMisses(results);
        }
        catch (Exception problem) when (problem is ConversionException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"accuracy: {problem.Message}");
            return Failed;
        }
    }

    private int ReportMisses(IEnumerable<TaskResult> results)
    {
        int code = Met;
        foreach (TaskResult result in results)
        {
            foreach (Figure figure in result.Figures.Where(figure => !figure.IsMet))
            {
                error.WriteLine($"accuracy: {result.Model}: {figure.Name} misses its target: {figure.MissText}");
                code = Missed;
            }
        }
        return code;
    }
}

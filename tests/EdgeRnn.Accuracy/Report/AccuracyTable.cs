using System.Collections.Generic;
using System.Linq;
using System.Text;
using EdgeRnn.Accuracy.Tasks;

namespace EdgeRnn.Accuracy.Report;

/// <summary>The results as a Markdown table with its notes.</summary>
public static class AccuracyTable
{
    /// <summary>Lines that end with a line feed.</summary>
    /// <param name="scheme">Heading of the quantized column.</param>
    /// <param name="results">One block of lines each.</param>
    public static string Write(string scheme, IReadOnlyList<TaskResult> results)
    {
        StringBuilder text = new();
        text.Append($"| model | figure | published | float | {scheme} | change | target |\n");
        text.Append("|---|---|---:|---:|---:|---:|---|\n");
        foreach (TaskResult result in results)
        {
            string model = result.Model;
            foreach (Figure figure in result.Figures)
            {
                text.Append($"| {model} | {figure.Name} | {figure.Text(figure.Published)} | {figure.Text(figure.Float)} | ");
                text.Append($"{figure.Text(figure.Quantized)} | {figure.ChangeText} | {TargetText(figure)} |\n");
                model = "";
            }
        }
        text.Append("\nErrors and flips are of each column against the one to its left: float against published, ");
        text.Append($"{scheme} against float.\n");
        text.Append("SKAB's detectors read raw float32 rows and standardise them themselves; the published scores were ");
        text.Append("computed in double precision, which decides one row of the GRU otherwise.\n");
        text.Append($"Calibration: {string.Join("; ", AccuracyTasks.All.Select(task => task.Calibration).Distinct())}.\n");
        return text.ToString();
    }

    private static string TargetText(Figure figure) => figure.Target == null ? ""
        : figure.IsMet ? figure.Target.Text : $"**missed**: {figure.Target.Text}";
}

using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Cli.Output;
using EdgeRnn.Converter.Evaluate;
using Spectre.Console;

namespace EdgeRnn.Cli.Evaluation;

/// <summary>A detector and its figures, row by row.</summary>
/// <param name="Name">The detector.</param>
/// <param name="Figures">Pooled.</param>
internal sealed record EvaluationRow(string Name, PooledFigures Figures)
{
    /// <summary>For the JSON document.</summary>
    public object Document() => new
    {
        detector = Name,
        f1 = Figures.Rows.F1,
        falseAlarmRate = Figures.Rows.FalseAlarmRate,
        missedAlarmRate = Figures.Rows.MissedAlarmRate,
        mcc = Figures.Rows.Mcc,
        auc = Figures.Auc,
        rows = new
        {
            truePositives = Figures.Rows.TruePositives,
            falsePositives = Figures.Rows.FalsePositives,
            falseNegatives = Figures.Rows.FalseNegatives,
            trueNegatives = Figures.Rows.TrueNegatives,
        },
        intervals = new
        {
            f1 = Ends(Figures.F1Interval),
            falseAlarmRate = Ends(Figures.FalseAlarmInterval),
            missedAlarmRate = Ends(Figures.MissedAlarmInterval),
            mcc = Ends(Figures.MccInterval),
            auc = Ends(Figures.AucInterval),
        },
        files = Figures.Files.Select(file => new { file.Name, f1 = file.Rows.F1, mcc = file.Rows.Mcc, auc = file.Auc }),
    };

    private static double[] Ends(MetricInterval interval) => [interval.Low, interval.High];
}

/// <summary>Row-wise figures of detectors, one line each. F1 never stands alone.</summary>
internal static class EvaluationTable
{
    /// <summary>The table.</summary>
    public static Table Of(IEnumerable<EvaluationRow> rows)
    {
        Table table = new Table().AddColumns("detector", "F1", "FAR", "MAR", "MCC", "ROC-AUC").Border(TableBorder.Simple);
        foreach ((string name, PooledFigures figures) in rows)
        {
            table.AddRow(Markup.Escape(name), Quantity.Fixed(figures.Rows.F1, 3), Percent(figures.Rows.FalseAlarmRate),
                Percent(figures.Rows.MissedAlarmRate), WithInterval(figures.Rows.Mcc, figures.MccInterval),
                WithInterval(figures.Auc, figures.AucInterval));
        }
        return table;
    }

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => $"{Quantity.Fixed(100 * share, 1)} %";

    /// <summary>A figure and its interval.</summary>
    public static string WithInterval(double value, MetricInterval interval, int decimals = 3) => Markup.Escape(
        $"{Quantity.Fixed(value, decimals)} [{Quantity.Fixed(interval.Low, decimals)} to {Quantity.Fixed(interval.High, decimals)}]");
}

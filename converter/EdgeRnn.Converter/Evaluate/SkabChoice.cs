using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Detect.Choice;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>
/// The stretches of SKAB that are known to be normal without a label: windows of the anomaly-free recording, and the first 400 rows of
/// each of the others, which the protocol gives for training. Labels are never looked at.
/// </summary>
public static class SkabChoice
{
    /// <summary>Rows before it let the network settle.</summary>
    public const int FirstRow = 50;

    // As long as the labelled recordings.
    private const int WindowRows = 1150;

    /// <summary>Two domains: windows of the anomaly-free recording, every 400 rows, and the training rows of the other recordings.</summary>
    /// <param name="data">With the anomaly-free recording.</param>
    /// <param name="models">One per recording; the windows borrow them in turn.</param>
    /// <exception cref="ConversionException">The anomaly-free recording is missing, or a recording is too short.</exception>
    public static IReadOnlyList<IReadOnlyList<ChoiceCase>> Domains(SkabDataSet data, SeriesModels models)
    {
        if (data.AnomalyFree == null)
            throw new ConversionException("SKAB: anomaly-free/anomaly-free.csv is missing; the choice needs it beside the other folders");
        return [Windows(data, models, Rows(new SkabFile("anomaly-free", data.AnomalyFree), WindowRows)), TrainingRows(data, models)];
    }

    private static List<ChoiceCase> Windows(SkabDataSet data, SeriesModels models, float[][] rows)
    {
        List<ChoiceCase> cases = [];
        for (int at = 0; at + WindowRows <= rows.Length; at += SkabRecording.TrainingRows)
        {
            float[][] window = rows[at..(at + WindowRows)];
            Model model = models.Of(data.Files[cases.Count % data.Files.Count].Name, window[..SkabRecording.TrainingRows]);
            cases.Add(new ChoiceCase(model, window, FirstRow, SkabRecording.TrainingRows, 550..751, 300..401));
        }
        return cases;
    }

    private static ChoiceCase[] TrainingRows(SkabDataSet data, SeriesModels models) =>
        [.. data.Files.Select(file =>
        {
            float[][] rows = Rows(file, SkabRecording.TrainingRows)[..SkabRecording.TrainingRows];
            return new ChoiceCase(models.Of(file.Name, rows), rows, FirstRow, SkabRecording.TrainingRows / 2, 230..281, 80..111);
        })];

    private static float[][] Rows(SkabFile file, int least)
    {
        float[][] rows = SkabRecording.Read(file.Path).Inputs();
        return rows.Length >= least ? rows
            : throw new ConversionException($"{file.Name}: {rows.Length} rows; the choice needs {least}; take the whole recording");
    }
}

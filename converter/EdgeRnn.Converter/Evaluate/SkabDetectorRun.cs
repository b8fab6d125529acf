using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Detect.Choice;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>
/// The product's own detector on the recordings of SKAB: it learns in rows 50 to 399 of each, and its settings for the machine come from
/// the first 400.
/// </summary>
public static class SkabDetectorRun
{
    /// <summary>One trace per recording, of all its rows.</summary>
    /// <param name="data">The recordings.</param>
    /// <param name="models">One for all, or one for each.</param>
    /// <param name="recipe">What the detector does.</param>
    /// <exception cref="ConversionException">
    /// A recording has no labels, a model is missing or does not fit, or the detector needs more than the training rows to learn.
    /// </exception>
    /// <exception cref="ModelException">A model is damaged, or the settings do not fit it.</exception>
    public static IReadOnlyList<FileTrace> Run(SkabDataSet data, SeriesModels models, DetectorRecipe recipe) =>
        InParallel.Select(data.Files, (file, _) => Trace(file, models, recipe));

    private static FileTrace Trace(SkabFile file, SeriesModels models, DetectorRecipe recipe)
    {
        SkabRecording recording = SkabRecording.Read(file.Path);
        if (!recording.HasLabels)
            throw new ConversionException($"{file.Name}: has no column 'anomaly'; only labelled recordings can be scored");
        float[][] rows = recording.Inputs(), training = rows[..Math.Min(rows.Length, SkabRecording.TrainingRows)];
        Model model = models.Of(file.Name, training);
        DetectorSettings settings = recipe.For(model, training, SkabChoice.FirstRow);
        settings.WarmUpSteps = SkabChoice.FirstRow;
        settings.ThresholdSteps = SkabRecording.TrainingRows - SkabChoice.FirstRow;
        DetectorTrace trace = DetectorTrace.Run(model, settings, rows);
        if (rows.Length > training.Length && double.IsNaN(trace.Scores[training.Length - 1]))
        {
            throw new ConversionException($"{file.Name}: the detector still learns after the {training.Length} training rows; " +
                "expected a score at every row and settings without NormaliseChannels");
        }
        return trace.Labelled(file.Name, recording.Anomalies);
    }
}

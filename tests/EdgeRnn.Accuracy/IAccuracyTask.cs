using System.Collections.Generic;

namespace EdgeRnn.Accuracy;

/// <summary>A real model with its data and the way its answers are scored.</summary>
public interface IAccuracyTask
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    /// <summary>The folders it reads, below ../shared/data.</summary>
    IReadOnlyList<string> Folders { get; }

    /// <summary>Which rows a user would calibrate with, for the note below the table.</summary>
    string Calibration { get; }

    /// <summary>Imports, quantizes, runs both models and scores them.</summary>
    TaskResult Measure(AccuracyRun run);
}

/// <summary>What was found for one model.</summary>
/// <param name="Model">The model as the table names it.</param>
/// <param name="Figures">Its lines.</param>
public sealed record TaskResult(string Model, IReadOnlyList<Figure> Figures);

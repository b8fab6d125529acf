namespace EdgeRnn.Runtime;

/// <summary>What the answers of a network are compared with.</summary>
public enum ScoreKind
{
    /// <summary>An answer forecasts samples to come; the error is known when they arrive.</summary>
    Forecast = 1,

    /// <summary>An answer repeats samples that were read; the error is known at once.</summary>
    Reconstruction = 2,

    /// <summary>An answer holds probabilities of classes; the error is what the normal class lacks to 1.</summary>
    Confidence = 3,

    /// <summary>Answers are not looked at: the standardised sample itself is the error, its distance from the mean.</summary>
    Level = 4,
}

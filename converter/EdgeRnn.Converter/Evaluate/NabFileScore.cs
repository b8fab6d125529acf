namespace EdgeRnn.Converter.Evaluate;

/// <summary>The score of the detections in one series.</summary>
/// <param name="Name">The path of the series in the corpus.</param>
/// <param name="Raw">The windows' best detections or misses, and the detections outside.</param>
/// <param name="Windows">Windows that are scored.</param>
/// <param name="Noticed">Those with a detection.</param>
/// <param name="Rows">Detections against windows row by row, the probation left out, as NAB counts them.</param>
public sealed record NabFileScore(string Name, double Raw, int Windows, int Noticed, Confusion Rows);

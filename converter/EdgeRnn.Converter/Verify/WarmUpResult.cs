namespace EdgeRnn.Converter.Verify;

/// <summary>How long a model's answers depend on where its state started.</summary>
/// <param name="Steps">Steps after which they do not; where it does not forget, the longest that was looked for.</param>
/// <param name="Forgets">Whether it does.</param>
/// <param name="Tolerance">The largest difference of an answer that counts as none: of the feature with the largest spread.</param>
/// <param name="Recorded">Whether the input was a recording, or else seeded noise.</param>
public sealed record WarmUpResult(int Steps, bool Forgets, double Tolerance, bool Recorded)
{
    /// <summary>A sentence for the notes of a conversion where it does not forget, else null.</summary>
    public string? Note => Forgets ? null
        : $"the state does not forget its start within {Steps} steps of {(Recorded ? "the recording" : "seeded noise")}: {Steps} are " +
            "stored as its warm-up; a detector waits that long, and its scores depend on when it was started";
}

namespace EdgeRnn.Runtime;

/// <summary>
/// Compares answers of a network with samples: one signed error per feature of a frame, with 16 fraction bits, in standard units.
/// </summary>
internal abstract class ErrorSource
{
    /// <param name="size">Errors.</param>
    protected ErrorSource(int size)
    {
        Size = size;
    }

    /// <summary>Errors at a time.</summary>
    public int Size { get; }

    /// <summary>Forgets all answers and samples. The arrays are zeros when a detector is new.</summary>
    public abstract void Reset();

    /// <summary>Steps after which nothing is compared that the network said before it had settled.</summary>
    /// <param name="network">Steps in which the network settles, up to 2^30.</param>
    public abstract int SettlingSteps(int network);

    /// <summary>Takes a step.</summary>
    /// <param name="inputs">The standardised sample, [inputSize].</param>
    /// <param name="answers">The answer where there is one, frame after frame.</param>
    /// <param name="hasAnswer">Whether there is.</param>
    /// <param name="errors">Receives <see cref="Size"/> errors where they are known.</param>
    /// <returns>Whether they are.</returns>
    public abstract bool Step(int[] inputs, int[] answers, bool hasAnswer, int[] errors);

    /// <summary>Whether what was restored can have been saved.</summary>
    public abstract bool IsSound();

    protected static bool AreScores(int[] ints, int at, int count)
    {
        for (int i = at; i < at + count; i++)
        {
            if (ints[i] > FixedScore.Max || ints[i] < -FixedScore.Max) return false;
        }
        return true;
    }
}

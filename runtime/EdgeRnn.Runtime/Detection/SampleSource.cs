namespace EdgeRnn.Runtime;

/// <summary>
/// The sample of this tick as the network is to read it: good readings themselves, something else for the others. One kind reads
/// floats, the other counts, so that a detector of counts has no path to a float.
/// </summary>
internal abstract class SampleSource
{
    /// <summary>Bytes needed only during a step.</summary>
    public abstract int ScratchBytes { get; }

    /// <summary>As if the means had been read last.</summary>
    public abstract void Reset();

    /// <summary>Puts what stands for a channel's reading in its place.</summary>
    public abstract void Substitute(int channel);

    /// <summary>Lets the network read the sample.</summary>
    /// <param name="session">The network.</param>
    /// <param name="inputs">Receives the standardised sample.</param>
    /// <param name="answers">Receives the answer where there is one.</param>
    /// <returns><see cref="StepStatus"/> bits and <see cref="FixedScore.BadAnswer"/>.</returns>
    public abstract int Step(Session session, int[] inputs, int[] answers);
}

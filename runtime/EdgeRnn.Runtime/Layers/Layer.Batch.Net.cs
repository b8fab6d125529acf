namespace EdgeRnn.Runtime;

// Many sessions in one call.
internal abstract partial class Layer
{
    /// <summary>
    /// Computes one time step of several sessions, each as <see cref="Step"/> would. Layers that gain from reading their weights once for
    /// several sessions do it themselves.
    /// </summary>
    /// <param name="sessions">Holds the sessions of this model from <paramref name="first"/>.</param>
    /// <param name="first">First session.</param>
    /// <param name="count">Sessions.</param>
    /// <param name="statuses">Receives the other <see cref="StepStatus"/> bits beside those it has, at the index of the session.</param>
    public virtual void StepBatch(SessionMemory[] sessions, int first, int count, int[] statuses)
    {
        for (int i = first; i < first + count; i++) statuses[i] |= Step(sessions[i]) & ~StepStatus.OutputReady;
    }
}

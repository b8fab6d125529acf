namespace EdgeRnn.Runtime;

// What desktop tools see of a run, and many sessions in one call.
internal sealed partial class LayerGraph
{
    /// <summary>Whether every layer runs and answers at every step.</summary>
    public bool AnswersEveryStep
    {
        get
        {
            for (int value = 0; value < _period.Length; value++)
            {
                if (_period[value] != 1 || _first[value] != 0) return false;
            }
            return true;
        }
    }

    /// <summary>One time step of several sessions over the inputs already in their places, for graphs that answer every step.</summary>
    /// <param name="sessions">Holds the sessions from <paramref name="first"/>.</param>
    /// <param name="first">First session.</param>
    /// <param name="count">Sessions.</param>
    /// <param name="statuses">Receives the other <see cref="StepStatus"/> bits beside those it has.</param>
    public void StepBatch(SessionMemory[] sessions, int first, int count, int[] statuses)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i].StepBatch(sessions, first, count, statuses);
            for (int session = first; session < first + count; session++) Observe(sessions[session], i);
        }
    }

    partial void Observe(SessionMemory session, int layer)
    {
        if (session.Observer != null) session.Observer.Stepped(this, layer, session);
    }
}

namespace EdgeRnn.Runtime;

// What desktop tools see of a run.
internal sealed partial class LayerGraph
{
    partial void Observe(SessionMemory session, int layer)
    {
        if (session.Observer != null) session.Observer.Stepped(this, layer, session);
    }
}

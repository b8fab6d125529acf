namespace EdgeRnn.Runtime;

/// <summary>Looks into a session at the moment a layer has computed: what quantization reports are made of.</summary>
internal abstract class LayerObserver
{
    /// <summary>Called after each step of a layer that gave an output.</summary>
    /// <param name="graph">The graph that runs.</param>
    /// <param name="layer">The layer's index in it.</param>
    /// <param name="session">Its values, states and what the layer left in its scratch; not to be changed.</param>
    public abstract void Stepped(LayerGraph graph, int layer, SessionMemory session);
}

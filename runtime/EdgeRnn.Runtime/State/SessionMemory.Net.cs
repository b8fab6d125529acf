using System;

namespace EdgeRnn.Runtime;

internal sealed partial class SessionMemory
{
    private const int VectorFloats = 16;

    private bool[] _walksBack = new bool[0];

    /// <summary>Who watches the session, or null.</summary>
    public LayerObserver? Observer { get; set; }

    /// <summary>
    /// Whether a layer takes its weights last to first in this step: every other one, so that it begins with those it read last, which
    /// are still in the cache.
    /// </summary>
    /// <param name="stateOffset">The layer, by the first element of its state.</param>
    public bool WalksBack(int stateOffset) => _walksBack[stateOffset] = !_walksBack[stateOffset];

    // A vector may be loaded from the last float.
    partial void ReserveVectors(MemoryPlan plan, ref int overread)
    {
        overread = plan.FloatCount > 0 ? VectorFloats : 0;
        _walksBack = new bool[Math.Max(plan.LayerStateSize, plan.FloatStateSize)];
    }
}

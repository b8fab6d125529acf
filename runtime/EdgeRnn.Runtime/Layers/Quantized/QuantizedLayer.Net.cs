using System;
using System.Collections.Generic;

namespace EdgeRnn.Runtime;

// What desktop tools see of a layer.
internal abstract partial class QuantizedLayer
{
    /// <summary>Gates and states as they lie in session memory after a step, the output aside.</summary>
    public virtual IReadOnlyList<LayerSignal> Signals => Array.Empty<LayerSignal>();

    /// <summary>Whether it steps some units at a time with all their gates, instead of one operation after the other.</summary>
    public virtual bool StepsInBlocks => false;
}

using System.Collections.Generic;

namespace EdgeRnn.Runtime;

// What desktop tools see of the cell: its work area is z r n after a step.
internal sealed partial class QuantizedGruLayer
{
    public override IReadOnlyList<LayerSignal> Signals
    {
        get
        {
            int size = OutputSize, z = WorkOffset, largest = _candidateLimit == 0 ? QuantizedPointwise.One15 : _candidateLimit;
            return new LayerSignal[]
            {
                new(LayerPart.UpdateGate, z, size, 24, QuantizedPointwise.One24),
                new(LayerPart.ResetGate, z + size, size, QuantizedLimits.GateBits, QuantizedPointwise.One15),
                new(LayerPart.Candidate, z + 2 * size, size, _candidate.ResultBits, largest),
                new(LayerPart.WideState, StateOffset + size, size, _stateBits, int.MaxValue),
            };
        }
    }
}

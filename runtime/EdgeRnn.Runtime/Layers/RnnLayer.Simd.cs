using System.Runtime.CompilerServices;

namespace EdgeRnn.Runtime;

// The usual cells in one pass over their weights.
internal sealed partial class RnnLayer
{
    private FusedRnn? _fused;

    partial void Fuse(float[] w, float[] u, WeightPacking packing, ref bool fused)
    {
        bool usual = _activation.Kind is ActivationKind.Tanh or ActivationKind.Relu && _clip == 0;
        if (!usual || packing.LeavesOutVectors || !CellPanels.Fits(OutputSize, 1L + InputSize + OutputSize)) return;
        _fused = new FusedRnn(w, u, _bias, InputSize, OutputSize, _activation.Kind == ActivationKind.Relu, CellPanels.BestLanes);
        fused = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    partial void StepFused(SessionMemory session, ref bool done)
    {
        if (_fused == null) return;
        _fused.Step(session.Floats, Gather(session), StateOffset, WorkOffset, session.WalksBack(StateOffset));
        done = true;
    }
}

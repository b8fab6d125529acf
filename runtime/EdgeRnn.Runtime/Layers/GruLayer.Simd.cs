using System.Runtime.CompilerServices;

namespace EdgeRnn.Runtime;

// The usual cells in one pass over their weights, two with reset before.
internal sealed partial class GruLayer
{
    private FusedGru? _fused;
    private FusedResetBeforeGru? _fusedBefore;

    partial void Fuse(float[] w, float[] u, WeightPacking packing, ref bool fused)
    {
        bool usual = _gate.Kind == ActivationKind.Sigmoid && _candidate.Kind is ActivationKind.Tanh or ActivationKind.Relu && _clip == 0;
        if (!usual || packing.LeavesOutVectors || !CellPanels.Fits(OutputSize, 4 + 3L * (InputSize + OutputSize))) return;
        bool relu = _candidate.Kind == ActivationKind.Relu;
        int lanes = CellPanels.BestLanes;
        if (_resetAfter) _fused = new FusedGru(w, u, _bias, InputSize, OutputSize, relu, lanes);
        else _fusedBefore = new FusedResetBeforeGru(w, u, _bias, InputSize, OutputSize, relu, lanes);
        fused = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    partial void StepFused(SessionMemory session, ref bool done)
    {
        done = true;
        if (_fused != null) _fused.Step(session.Floats, Gather(session), StateOffset, WorkOffset, session.WalksBack(StateOffset));
        else if (_fusedBefore != null)
            _fusedBefore.Step(session.Floats, Gather(session), StateOffset, WorkOffset, session.WalksBack(StateOffset));
        else done = false;
    }

    public override void StepBatch(SessionMemory[] sessions, int first, int count, int[] statuses)
    {
        if (_fused == null)
        {
            base.StepBatch(sessions, first, count, statuses);
            return;
        }
        int x = 0;
        for (int i = first; i < first + count; i++) x = Gather(sessions[i]);
        _fused.StepBatch(sessions, first, count, x, StateOffset, WorkOffset);
    }
}
